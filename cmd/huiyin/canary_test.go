package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"huiyin/sql/storetest"
)

// canaries are strings that must never stand in plain anywhere on disk.
var canaries = []string{"金丝雀标题", "金丝雀经过", "金丝雀请求", "金丝雀姓名", "19000007788", "金丝雀地址",
	"110101199901019", "金丝雀补充", "金丝雀答复", "金丝雀评价",
	"canary@mail.example.cn"}

func TestEveryFilingStepWorksWithoutJavaScriptAndNothingStoredCanBeRead(t *testing.T) {
	eachEngine(t, func(t *testing.T, w *world) {
		p := w.citizen(t, phone).withoutScript()
		code := w.file(p, filed{area: "990102", purpose: "22", topic: "C3", title: "金丝雀标题：组织关系转接",
			facts: "金丝雀经过：今年五月提交材料以后一直没有办结，问了几次没有结果。", request: "金丝雀请求：请尽快办结",
			you: answers{"name": "金丝雀姓名", "mobile": "19000007788", "region": "000000", "address": "金丝雀地址1号",
				"news_sms": "yes", "news_mail": "yes", "mail": "canary@mail.example.cn"}}, func() {})
		w.answerCanary(t)
		p.follow(code)
		p.until("已经答复")
		p.visit("/follow/letters/2")
		p.sees("金丝雀答复")
		p.visit("/follow/rate")
		p.goOn(answers{"unit": "good", "office": "good", "words": "金丝雀评价"})
		p.until("满意")

		w.told(t)
		w.stop()
		w.searchDisk(t, strings.ReplaceAll(code, "-", ""), code)
		w.searchTables(t, strings.ReplaceAll(code, "-", ""), code)
	})
}

// told waits until the messages that tell of news have gone out: whatever sending leaves
// behind is searched too.
func (w *world) told(t *testing.T) {
	t.Helper()
	file := filepath.Join(w.data, "news.txt")
	demo := 3 // messages of the demonstration's own cases
	for range 60 {
		b, err := os.ReadFile(file)
		if err == nil && bytes.Count(b, []byte("\n")) >= demo+2 {
			return
		}
		time.Sleep(time.Second)
	}
	t.Error("nobody was told of news")
}

// answerCanary brings the canary petition to its answer.
func (w *world) answerCanary(t *testing.T) {
	t.Helper()
	registrar, handler, head := w.officer(t, "qx.registrar"), w.officer(t, "qx.handler"), w.officer(t, "qx.unithead")
	at := registrar.open("金丝雀标题")
	registrar.take(at, "register", answers{"topic": "C3"})
	registrar.distribute(at, "许澜")
	handler.take(at, "accept", answers{"reason": "金丝雀补充：属于本单位职责。"})
	head.take(at, "approve", nil)
	handler.take(at, "start", nil)
	handler.take(at, "note", answers{"text": "金丝雀补充：已经核对。", "public": "yes"})
	handler.visit(at + "/draft")
	handler.enter(answers{"outcome": "supported", "facts": "金丝雀补充：情况属实。", "opinion": "金丝雀答复：支持您的请求。",
		"basis": "《中国共产党党员教育管理工作条例》", "cite.number": "澜组发〔2019〕6号第十一条"})
	handler.promise("金丝雀补充：补记党龄。")
	fillAnswers(handler)
	handler.finish(at)
	head.take(at, "sign", nil)
	handler.take(at, "serve", answers{"service.method": "online"})
}

// searchDisk looks for canaries in every byte of the data folder, the temporary folder
// and the log; on MariaDB the server's own files are searched by searchTables.
func (w *world) searchDisk(t *testing.T, more ...string) {
	t.Helper()
	searched := 0
	for _, top := range []string{w.data, filepath.Dir(w.data)} {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Base(filepath.Dir(path)) == "keys" {
				return err
			}
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			searched += len(b)
			report(t, path, b, more)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	report(t, "the log", w.log.Bytes(), more)
	if searched == 0 {
		t.Error("no file was searched")
	}
}

// report fails for each canary in what was stored.
func report(t *testing.T, where string, b []byte, more []string) {
	t.Helper()
	for _, c := range append(append([]string{}, canaries...), more...) {
		if bytes.Contains(b, []byte(c)) {
			t.Errorf("%q stands in %s", c, where)
		}
	}
}

// searchTables looks for canaries in every column of every table of both databases.
func (w *world) searchTables(t *testing.T, more ...string) {
	t.Helper()
	for name, url := range map[string]string{"portal": w.config.portalDatabase(), "office": w.config.officeDatabase()} {
		rows := 0
		for table, cells := range storetest.Dump(t, url) {
			for _, cell := range cells {
				rows++
				report(t, name+" table "+table, cell, more)
			}
		}
		if rows < 100 {
			t.Errorf("only %d cells were found in the %s database", rows, name)
		}
	}
}
