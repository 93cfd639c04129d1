#!/usr/bin/env python3
"""Tests the report's page in a real Chromium: tests/browser/report.py QINGWEN [FOLDER for screenshots]."""

import base64
import json
import os
import re
import subprocess
import sys
import tempfile

from driver import Browser

HOSTILE = "<script>window.broken = 1</script></script><!-- <img src=x onerror='window.broken = 1'>\u2028"
ARTICLE = f"""老街夜市搬走了嗎?

記者 王小明／台北報導

夜市在上個月搬走,街坊說安靜了許多,也有人覺得可惜。{HOSTILE}

老街夜市搬走了吗?

攤販說新的地方離車站太遠，客人也比從前少了一大半，大家都在想辦法。

里长说,新的停车场还没有定案,预计在12月5日上午10:30举行说明会。

分享到:

微信

微博

相關文章：

老街的路燈為什麼一盞一盞熄了

图书馆的猫找到了新家
"""


def page(qingwen, folder, name, records):
    path, source = os.path.join(folder, name + ".html"), os.path.join(folder, name + ".jsonl")
    with open(source, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    subprocess.run([qingwen, "clean", "-q", source, "-o", os.devnull, "--report-html", path], check=True)
    return path


def between(path, line, edges):
    """The page with a line that is removed because it stands between two others. Only some models find one."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    data = re.search(r'(?<=id="articles">).*?(?=</script>)', text, re.DOTALL)
    articles = json.loads(data[0])
    [removed] = [item for item in articles[0]["lines"] if item["n"] == line]
    removed["removal"]["evidence"] = {"probability": 0.04, "features": ["3\u20134 characters +0.2"], "between": edges}
    written = json.dumps(articles, ensure_ascii=False).replace("<", "\\u003c")
    path = path.replace(".html", "-between.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text[: data.start()] + written + text[data.end() :])
    return path


def shoot(browser, folder, name):
    if folder:
        with open(os.path.join(folder, name + ".png"), "wb") as file:
            file.write(base64.b64decode(browser.screenshot()))


def quiet(browser):
    messages = browser.messages()
    assert not messages, messages
    assert browser.run("return window.broken") is None, "an article's markup is alive"


def one_article(browser, path, shots):
    browser.open(path)
    assert browser.run("return document.querySelectorAll('li.removed').length") == 7
    assert "<script>" in browser.run("return document.getElementById('L5').textContent")
    assert browser.run("return document.querySelector('#L5 mark').title") == ", → ，"
    colors = "return ['#L8', '#L14'].map((id) => getComputedStyle(document.querySelector(id + ' del')).color)"
    assert len(set(browser.run(colors))) == 2, "categories have one colour"
    assert browser.run("return getComputedStyle(document.querySelector('#L8 del')).textDecorationLine") == "line-through"
    assert "repeat/headline" in browser.run("return document.querySelector('#L8 button').title")
    # By keyboard: the removed line opens, and its duplicate gets the focus.
    browser.run("document.querySelector('#L8 button').focus()")
    browser.type("#L8 button.toggle", "\ue007")
    assert browser.run("return document.querySelector('#L8 button').getAttribute('aria-expanded')") == "true"
    assert "similarity 1.00" in browser.run("return document.getElementById('why8').textContent")
    shoot(browser, shots, "opened")
    browser.type("#L8 button.jump", "\ue007")
    assert browser.run("return document.activeElement.id") == "L1"
    assert browser.run("return document.getElementById('L1').classList.contains('flash')")
    assert browser.run("return document.querySelectorAll('svg rect').length") == 3
    browser.click(".filters input")
    assert browser.run("return getComputedStyle(document.getElementById('L2')).display") == "none"
    quiet(browser)


def line_between_two(browser, path):
    browser.open(path)
    browser.type("#L14 button.toggle", "\ue007")
    why = browser.run("return document.getElementById('why14').textContent")
    assert "Stands between line 12" in why and "and line 16" in why, why
    browser.type("#why14 p:nth-of-type(4) button.jump", "\ue007")
    assert browser.run("return document.activeElement.id") == "L16"
    quiet(browser)


def many_articles(browser, path):
    assert os.path.getsize(path) < 14 << 20, os.path.getsize(path)
    browser.open(path)
    assert browser.run("return document.getElementById('found').textContent") == "10,000 articles"
    assert browser.run("return document.querySelectorAll('#index li').length") == 200
    assert "of 10,000 listed articles" in browser.run("return document.getElementById('left-out').textContent")
    browser.click(".more")
    assert browser.run("return document.querySelectorAll('#index li').length") == 400
    browser.type("#filter", "article-0042")
    assert browser.run("return document.getElementById('found').textContent") == "1 article"
    assert browser.run("return document.querySelector('#index a').textContent") == "第42篇。"
    browser.click("#index a")
    browser.until("return document.querySelector('h2')?.textContent == '第42篇。'")
    assert browser.run("return document.getElementById('name').textContent") == "article-0042"
    assert browser.run("return document.title").startswith("第42篇。 – qingwen")
    browser.run("history.back()")
    browser.until("return document.getElementById('found')?.textContent == '1 article'")
    assert browser.run("return document.getElementById('filter').value") == "article-0042"
    browser.type("#filter", "\ue003" * len("article-0042"))
    assert browser.run("return document.getElementById('found').textContent") == "10,000 articles"
    browser.open(path, "#rules")
    browser.type("#rule-filter", "share/bar")
    assert browser.run("return document.querySelectorAll('#rule-list details').length") == 1
    browser.click("#rule-list summary")
    assert 5 <= browser.run("return document.querySelectorAll('.samples li').length") <= 25
    browser.click(".samples a")
    browser.until("return document.querySelectorAll('li.flash').length == 1")
    quiet(browser)


def looks(browser, one, many, shots):
    for name, scheme, width in [("light", "light", 1200), ("dark", "dark", 1200), ("phone", "light", 390)]:
        browser.emulate(scheme, width)
        for kind, path, hash in [("article", one, ""), ("index", many, ""), ("rules", many, "#rules")]:
            browser.open(path, hash)
            wide = browser.run("return document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{kind} is {wide} pixels too wide at {width}"
            shoot(browser, shots, f"{kind}-{name}")
        paper = browser.run("return getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(24, 26, 28)") == (scheme == "dark"), paper


def main():
    qingwen, shots = os.path.abspath(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        one = page(qingwen, folder, "one", [{"id": "老街", "text": ARTICLE}])
        records = ({"id": f"article-{number:04}", "text": f"第{number}篇。\n{ARTICLE * 2}"} for number in range(10_000))
        many = page(qingwen, folder, "many", records)
        one_article(browser, one, shots)
        line_between_two(browser, between(one, 14, [12, 16]))
        many_articles(browser, many)
        looks(browser, one, many, shots)
    print("the report's page: opens, filters, jumps, shows no script error")


main()
