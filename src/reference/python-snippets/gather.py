#!/usr/bin/env python3
"""Gathers the program and the table of every picture on some pages of a running Headlight, as a browser has them.

    gather.py http://localhost:8080 pages.txt gathered.json

pages.txt has an address a line, relative to the server; lines that begin with # are left out. Each program is what
“Copy as Python” copies; the table is what “Save CSV” saves. Needs selenium, Chromium and its driver.
"""
import json
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.by import By

GATHER = """
const done = arguments[arguments.length - 1];
const menus = [];
const walk = (root) => {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'headlight-picture-menu') menus.push(element);
    if (element.shadowRoot) walk(element.shadowRoot);
  }
};
walk(document);
(async () => {
  const found = [];
  for (const menu of menus) {
    const host = menu.getRootNode().host;
    if (!menu.picture || !host || !host.getClientRects().length) continue;
    menu.shadowRoot.querySelector('.open').click();
    await menu.updateComplete;
    const { header, rows } = menu.picture.table();
    menu.shadowRoot.querySelector('[role=menu]').hidePopover();
    const plain = (cell) => (typeof cell === 'number' && !Number.isFinite(cell) ? '' : cell);
    const drawn = host.scene?.figures?.triangles?.map((triangle) => [...triangle]);
    found.push({
      element: host.localName.replace('headlight-', ''), id: host.id, name: menu.picture.name, python: menu.python,
      header, rows: rows.map((row) => row.map(plain)), drawn,
    });
  }
  done(found);
})().catch((error) => done({ error: String(error) }));
"""
BUSY = "return !document.querySelector('main') || [...document.querySelectorAll('vaadin-progress-bar')].some((bar) => bar.checkVisibility()) || (window.Vaadin?.Flow?.clients && Object.values(window.Vaadin.Flow.clients).some((client) => client.isActive?.()));"


def main(server, pages, out):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1440,2400"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options)
    browser.set_script_timeout(120)
    gathered = []
    with open(pages, encoding="utf-8") as file:
        addresses = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    for address in addresses:
        browser.get(f"{server}/{address}")
        quiet = 0
        for _ in range(240):
            time.sleep(0.5)
            quiet = 0 if browser.execute_script(BUSY) else quiet + 1
            if quiet >= 3:
                break
        found = browser.execute_async_script(GATHER)
        if isinstance(found, dict):
            raise SystemExit(f"{address}: {found['error']}")
        notices = [each.text for each in browser.find_elements(By.CSS_SELECTOR, ".hl-notice, .hl-trouble") if each.text]
        print(f"{len(found)} pictures, {sum(bool(each['python']) for each in found)} with a program: {address}", *notices, sep="\n    ", flush=True)
        gathered += [{"page": address, **each} for each in found]
        with open(out, "w", encoding="utf-8") as file:
            json.dump(gathered, file, ensure_ascii=False)
    browser.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
