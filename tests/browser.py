#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""
What a page is in a browser: headless Chromium, by the WebDriver protocol.

  tests/browser.py PAGE [--pictures DIR]

PAGE is an index.html of daxmark history page. Prints a line a test, as tests/lib.sh does, and
exits 1 where one failed. With --pictures what was looked at is kept as PNG.
"""
import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
TAB, ENTER, DOWN = "\ue004", "\ue007", "\ue015"


class Browser:
    def __init__(self, folder, javascript=True):
        self.log = open(os.path.join(folder, "driver.log"), "w+")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=self.log, stderr=subprocess.STDOUT,
                                       env=dict(os.environ, HOME=folder), start_new_session=True)
        self.session = None
        try:
            self.url = "http://127.0.0.1:%d" % self.port()
            options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                                "--hide-scrollbars", "--user-data-dir=" + os.path.join(folder, "profile")],
                       "binary": shutil.which("chromium")}
            if not javascript:
                options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
            answer = self.ask("/session", {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
            self.session = "/session/" + answer["sessionId"]
        except BaseException:
            self.close()
            raise

    def port(self):
        for _ in range(300):
            with open(self.log.name) as log:
                for line in log:
                    if "successfully on port" in line:
                        return int(line.split()[-1].rstrip("."))
            if self.driver.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("chromedriver does not start: " + open(self.log.name).read()[-300:])

    def ask(self, path, body=None, method=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["value"]["message"].splitlines()[0]) from None

    def do(self, path, body=None, method=None):
        return self.ask(self.session + path, body, method)

    def close(self):
        try:
            if self.session:
                self.do("", method="DELETE")
        finally:
            os.killpg(self.driver.pid, signal.SIGTERM)
            self.driver.wait()
            self.log.close()

    def go(self, page):
        self.do("/url", {"url": page})

    def run(self, script, *arguments):
        return self.do("/execute/sync", {"script": script, "args": list(arguments)})

    def tell(self, command, **parameters):
        return self.do("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def size(self, width, height):
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def keys(self, keys):
        active = self.do("/element/active")[ELEMENT]
        self.do("/element/%s/value" % active, {"text": keys})

    def errors(self):
        return [entry["message"] for entry in self.do("/se/log", {"type": "browser"})
                if entry["level"] in ("SEVERE", "WARNING")]

    def picture(self, name):
        if pictures:
            with open(os.path.join(pictures, name + ".png"), "wb") as file:
                file.write(base64.b64decode(self.do("/screenshot")))

    def wait(self, script, *arguments):
        for _ in range(200):
            value = self.run("return " + script, *arguments)
            if value:
                return value
            time.sleep(0.1)
        return value


def need(value, why):
    if not value:
        raise AssertionError(why)


SHOWN = "Array.from(document.querySelectorAll('#series tbody tr')).filter(r => r.offsetHeight > 0)"
CHOOSE = """let s = document.querySelector('select[name=' + arguments[0] + ']');
s.value = arguments[1]; s.dispatchEvent(new Event('change', {bubbles: true})); return s.value;"""


def loads(b):
    b.size(1280, 900)
    b.go(page)
    b.picture("wide")
    need(b.run("return document.title").startswith("daxmark: "), b.run("return document.title"))
    need(b.run("return document.querySelectorAll('script').length") == 1, "another script is there")
    need(b.run("return " + SHOWN + ".length") > 1, "there are no rows")
    need(not b.errors(), "the console is not empty")


def chooses(b):
    b.go(page)
    rows = b.run("return " + SHOWN + ".length")
    need(b.run(CHOOSE, "bench", "freeze") == "freeze", "no freeze to choose")
    left = b.run("return " + SHOWN + ".map(r => r.dataset.bench)")
    need(left and set(left) == {"freeze"} and len(left) < rows, "shown are " + str(left))
    said = b.run("return document.querySelector('output').textContent")
    need(said == "%d of %d costs" % (len(left), rows), said)
    b.run(CHOOSE, "fs", "ext2")
    left = b.run("return " + SHOWN + ".map(r => r.dataset.bench + r.dataset.fs)")
    need(left and set(left) == {"freezeext2"}, "with ext2 are shown " + str(left))
    b.run(CHOOSE, "access", "page-cache")
    left = b.run("return " + SHOWN + ".map(r => r.dataset.bench + r.dataset.fs + r.dataset.access)")
    need(left and set(left) == {"freezeext2page-cache"}, "with page cache are shown " + str(left))
    b.picture("chosen")


def is_kept(b):
    b.go(page + "#bench=freeze&fs=ext2")
    left = b.run("return " + SHOWN + ".map(r => r.dataset.bench + r.dataset.fs)")
    need(left and set(left) == {"freezeext2"}, "shown are " + str(left))
    b.run(CHOOSE, "bench", "")
    need(b.run("return location.hash") == "#fs=ext2", b.run("return location.hash"))
    b.go(page + "#bench=no+such")
    need(b.run("return " + SHOWN + ".length") > 1, "what is not there hides all")


def opens_a_graph(b):
    b.go(page)
    b.run("document.querySelector('#series tbody a').click()")
    need(b.wait("location.href.includes('/graphs/') && document.querySelector('.graph img')"), "no graph opens")
    need(b.wait("document.querySelector('.graph img').naturalWidth") > 500, "the graph is not shown")
    b.picture("series")
    data = b.run("return Array.from(document.querySelectorAll('main a')).filter(a => a.textContent == 'csv')[0].href")
    with urllib.request.urlopen(data) as file:
        need(file.readline().startswith(b"date,kernel"), data)
    need(not b.errors(), "the console is not empty")


def shows_all_of_a_benchmark(b):
    b.go(page)
    b.run("let s = document.querySelector('details img').closest('details').firstChild; s.click(); s.scrollIntoView()")
    need(b.wait("document.querySelector('details img').naturalWidth") > 500, "the figure is not shown")
    b.picture("bench")


def by_keyboard(b):
    b.go(page)
    b.size(1200, 900)
    b.keys(TAB)
    need(b.run("return document.activeElement.className") == "skip", "the first stop is another one")
    b.keys(ENTER)
    need(b.wait("location.hash") == "#costs", "the link to the costs leads elsewhere")
    b.keys(TAB)
    need(b.run("return document.activeElement.name") == "bench", "then comes another one than the choice")
    b.keys(DOWN)
    chosen = b.run("return document.activeElement.value")
    need(chosen and set(b.run("return " + SHOWN + ".map(r => r.dataset.bench)")) == {chosen}, "a key does not choose")
    for _ in range(6):
        b.keys(TAB)
        if b.run("return document.activeElement.tagName") == "A":
            break
    b.keys(ENTER)
    need(b.wait("location.href.includes('/graphs/')"), "Enter opens nothing")


def fits_narrow(b):
    b.size(340, 700)
    for address in (page, series(b)):
        b.go(address)
        wide = b.run("return document.documentElement.scrollWidth")
        need(wide <= 340, "%s is %d wide" % (address, wide))
        need(b.run("return document.querySelector('h1').offsetHeight") > 0, "no heading")
        b.picture("narrow-" + ("index" if address == page else "series"))
    b.go(page)
    need(b.run("return " + SHOWN + ".every(r => r.querySelector('a').offsetWidth > 60)"), "names have no room")


def series(b):
    b.go(page)
    return b.run("return document.querySelector('#series tbody a').href")


def is_dark(b):
    b.size(1200, 900)
    b.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    for address in (page, series(b)):
        b.go(address)
        b.picture("dark-" + ("index" if address == page else "series"))
        back = b.run("return getComputedStyle(document.body).backgroundColor").strip("rgb()").split(",")
        front = b.run("return getComputedStyle(document.body).color").strip("rgb()").split(",")
        need(sum(map(int, back)) < 150 and sum(map(int, front)) > 600, "%s on %s" % (front, back))


def nothing_runs(b):
    """What is in names, notes and kernels is text, whatever it looks like."""
    for address in [page] + pages(b):
        b.go(address)
        need(b.run("return document.querySelectorAll('[data-planted], body script ~ script, iframe, object').length") == 0,
             "%s: an element was planted" % address)
        need(b.run("return typeof window.planted") == "undefined", "%s: a script was planted" % address)
        foreign = b.run("return Array.from(document.querySelectorAll('[href],[src]'))"
                        ".map(e => e.href || e.src).filter(u => !String(u).startsWith('file:'))")
        need(not foreign, "%s: leads to %s" % (address, foreign))
        need(not b.errors(), "%s: the console is not empty" % address)


def pages(b):
    b.go(page)
    return b.run("return Array.from(document.querySelectorAll('#series tbody th a')).map(a => a.href)")


def reads_without(b):
    b.go(page)
    b.picture("without-javascript")
    source = b.do("/source")
    need("<form id=\"choose\" hidden" in source, "the choice is offered, and does nothing")
    rows = b.do("/elements", {"using": "css selector", "value": "#series tbody tr"})
    shown = [row for row in rows if b.do("/element/%s/displayed" % row[ELEMENT])]
    need(len(rows) > 1 and len(shown) == len(rows), "%d of %d rows are shown" % (len(shown), len(rows)))
    link = b.do("/element", {"using": "css selector", "value": "#series tbody a"})
    b.do("/element/%s/click" % link[ELEMENT], {})
    need("/graphs/" in b.do("/url"), "no page of a series opens")
    need(b.do("/element", {"using": "css selector", "value": ".graph img"}), "no graph")


def run_tests(b, tests):
    for name, test in tests:
        try:
            test(b)
            print("ok", name, flush=True)
        except (AssertionError, RuntimeError, OSError) as error:
            print("not ok %s: %s" % (name, error), flush=True)
            global failed
            failed = 1


failed = 0
pictures = sys.argv[3] if sys.argv[2:3] == ["--pictures"] else None
page = "file://" + urllib.parse.quote(os.path.realpath(sys.argv[1]))
for javascript, tests in (
        (True, [("the page loads, and the console stays empty", loads),
                ("benchmark, file system and access are chosen", chooses),
                ("a choice is part of the address", is_kept),
                ("a row opens its graph and its data", opens_a_graph),
                ("a benchmark shows all its costs", shows_all_of_a_benchmark),
                ("keys alone choose and open", by_keyboard),
                ("a narrow window shows all without scrolling sideways", fits_narrow),
                ("a dark scheme is followed", is_dark),
                ("nothing that a name holds becomes an element, a script or a link", nothing_runs)]),
        (False, [("without JavaScript all can be read", reads_without)])):
    with tempfile.TemporaryDirectory() as folder:
        try:
            browser = Browser(folder, javascript)
        except (RuntimeError, OSError) as error:
            print("not ok a browser starts: %s" % error)
            sys.exit(1)
        try:
            run_tests(browser, tests)
        finally:
            browser.close()
sys.exit(failed)
