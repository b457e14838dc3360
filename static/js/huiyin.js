// Improves pages that already work. Nothing here is needed: without script drafts are
// saved on every button, counts and confirmations come from the server.
(() => {
  'use strict';
  const page = document;
  const all = (selector, root) => Array.from((root || page).querySelectorAll(selector));
  const good = (answer) => { if (!answer.ok) throw answer; return answer; };
  const on = (target, kind, act) => target.addEventListener(kind, act);

  // The summary of what is wrong is read first, and once: as focus, not as alert.
  const wrong = page.querySelector('.errsum');
  if (wrong) { wrong.removeAttribute('role'); wrong.focus(); }

  // Characters left: shown always, spoken only in the last tenth and once a second.
  all('[data-count]').forEach((out) => {
    const field = page.getElementById(out.dataset.count);
    const max = +out.dataset.max;
    if (!field || !max) return;
    const voice = page.createElement('span');
    voice.className = 'vh';
    voice.setAttribute('role', 'status');
    out.after(voice);
    let wait;
    const count = (event) => {
      const left = max - Array.from(field.value).length;
      const words = left < 0 ? out.dataset.over : out.dataset.left;
      out.textContent = words ? words.replace('{n}', Math.abs(left)) : max - left + ' / ' + max;
      out.classList.toggle('over', left < 0);
      clearTimeout(wait);
      if (event && left <= max / 10) wait = setTimeout(() => { voice.textContent = out.textContent; }, 1000);
    };
    on(field, 'input', count);
    count();
  });

  // Drafts go to the server two seconds after the last key, and when the page hides.
  all('form[data-autosave]').forEach((form) => {
    const said = page.querySelector('[data-saved]');
    let wait, dirty, going;
    const say = (what) => { if (said) said.textContent = said.dataset[what] || what; };
    const save = () => {
      clearTimeout(wait);
      if (!dirty) return;
      dirty = false;
      going = new AbortController();
      const data = new FormData(form);
      all('[data-nosave], [type=file]', form).forEach((e) => data.delete(e.name));
      // keepalive outlives the page, but carries 64 KB at most
      fetch(form.dataset.autosave, { method: 'POST', body: new URLSearchParams(data), keepalive: page.hidden, signal: going.signal })
        .then(good).then((a) => a.text()).then((t) => say(t || 'saved'))
        .catch((fault) => { if (fault.name !== 'AbortError') { dirty = true; say('failed'); } });
    };
    on(form, 'input', (event) => {
      dirty = event.target.type !== 'file';
      clearTimeout(wait);
      wait = setTimeout(save, 2000);
    });
    on(page, 'visibilitychange', () => { if (page.hidden) save(); });
    on(form, 'submit', () => { dirty = false; clearTimeout(wait); if (going) going.abort(); });
  });

  // One press is enough: the second is swallowed, the button says what it does.
  on(page, 'submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post' || 'nobusy' in form.dataset) return;
    if ('busy' in form.dataset) return event.preventDefault();
    form.dataset.busy = '';
    const button = event.submitter;
    if (!button) return;
    button.setAttribute('aria-disabled', 'true');
    const { busy } = button.dataset;
    if (busy) { button.dataset.rest = button.innerHTML; button.textContent = busy; }
  });
  // Back from the next page: the form is fresh again.
  on(window, 'pageshow', (event) => {
    if (!event.persisted) return;
    all('form[data-busy]').forEach((form) => { delete form.dataset.busy; });
    all('button[aria-disabled]').forEach((button) => {
      button.removeAttribute('aria-disabled');
      if (button.dataset.rest) button.innerHTML = button.dataset.rest;
    });
  });

  // Destructive buttons ask first; the server asks by a page where this cannot.
  const ask = (button) => {
    const { confirm, confirmText, confirmYes, confirmNo } = button.dataset;
    const put = (parent, tag, kind, words) => {
      const e = page.createElement(tag);
      e.className = kind;
      if (words) e.textContent = words;
      return parent.appendChild(e);
    };
    const box = put(page.body, 'dialog', 'dlg');
    put(box, 'h2', '', confirm);
    box.setAttribute('aria-label', confirm);
    put(box, 'p', '', confirmText);
    const row = put(box, 'div', 'btns');
    on(put(row, 'button', 'btn btn--danger', confirmYes), 'click', () => {
      Object.assign(put(button.form, 'input', ''), { type: 'hidden', name: 'confirmed', value: 'yes' });
      delete button.dataset.confirm;
      box.close();
      button.click();
    });
    const no = put(row, 'button', 'btn btn--second', confirmNo);
    on(no, 'click', () => box.close());
    on(box, 'close', () => { box.remove(); button.focus(); });
    box.showModal();
    no.focus();
  };

  on(page, 'click', (event) => {
    const button = event.target.closest('button');
    all('details.menu[open]').forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (!button) return;
    if (button.dataset.confirm && window.HTMLDialogElement && button.form.reportValidity()) {
      event.preventDefault();
      ask(button);
    } else if ('print' in button.dataset) {
      window.print();
    } else if (button.dataset.copy) {
      navigator.clipboard.writeText(page.getElementById(button.dataset.copy).textContent.replace(/\s/g, ''))
        .then(() => { button.lastChild.textContent = button.dataset.done; });
    } else if ('captchaNew' in button.dataset) {
      fresh(event, button);
    }
  });
  on(page, 'keydown', (event) => {
    const menu = event.key === 'Escape' && page.querySelector('details.menu[open]');
    if (menu) { menu.open = false; menu.querySelector('summary').focus(); }
  });

  // Buttons that only script can serve.
  all('[data-print], [data-all]').forEach((e) => { e.hidden = false; });
  if (navigator.clipboard) all('[data-copy]').forEach((e) => { e.hidden = false; e.setAttribute('aria-live', 'polite'); });

  // A fresh captcha without losing the page; if that fails, the button submits.
  const fresh = (event, button) => {
    const box = button.closest('[data-captcha]');
    event.preventDefault();
    fetch(box.dataset.captcha, { cache: 'no-store' })
      .then(good).then((answer) => answer.json())
      .then((made) => {
        [['token', 'value'], ['image', 'src'], ['audio', 'src']].forEach(([part, name]) => {
          all('[data-captcha-' + part + ']', box).forEach((e) => { e[name] = made[part]; });
        });
        all('.input', box).forEach((e) => { e.value = ''; e.focus(); });
      })
      .catch(() => {
        delete button.dataset.captchaNew;
        button.click();
      });
  };

  // The code of a scanned receipt stands in the fragment, which no server sees.
  const code = page.querySelector('[data-fragment]');
  if (code && location.hash.length > 8) {
    code.value = location.hash.slice(1);
    history.replaceState(null, '', location.pathname + location.search);
  }

  // Cards show what is chosen; blocks show only where they matter.
  const choose = () => {
    all('.choice').forEach((card) => {
      const input = card.querySelector('input');
      if (input) card.classList.toggle('choice--on', input.checked);
    });
    all('[data-when]').forEach((block) => {
      const [name, values] = block.dataset.when.split('=');
      const chosen = all('[name="' + name + '"]').filter((e) => e.tagName === 'SELECT' || e.checked).map((e) => e.value);
      block.hidden = !values.split(' ').some((value) => chosen.includes(value));
      all('input, select, textarea', block).forEach((e) => { e.disabled = block.hidden; });
    });
  };
  on(page, 'change', (event) => {
    if (event.target.dataset.all) all('[name="' + event.target.dataset.all + '"]').forEach((e) => { e.checked = event.target.checked; });
    choose();
  });
  choose();
})();
