"""The cleaner: its results are those of the command, and it behaves as a Python object does."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support import Article, Command, run, texts

from qingwen import Cleaner, QingwenError, restore

ARTICLE = "老街夜市搬走了嗎?\n\n夜市在上個月搬走,街坊說安靜了許多。\n記者 王小明／台北報導\n\n老街夜市搬走了吗?\n\n分享到:\n"


def test_cleaned_says_what_was_done() -> None:
    cleaned = Cleaner().clean(ARTICLE, title="老街夜市搬走了嗎?")
    assert (
        cleaned.text == "老街夜市搬走了嗎？\n\n夜市在上個月搬走，街坊說安靜了許多。\n記者 王小明／台北報導\n"
    )
    assert cleaned.title == "老街夜市搬走了嗎？"
    assert [(it["line"], it["rule"]) for it in cleaned.removals] == [(6, "repeat/headline"), (8, "share/bar")]
    assert cleaned.removals[0]["evidence"]["twin_line"] == 1
    assert [it["line"] for it in cleaned.rewrites] == [1, 3]
    assert cleaned.metadata["byline"] == ["王小明"]
    assert cleaned.conversion["target"] == "hant"


def test_results_are_those_of_the_command(articles: list[Article], command: Command) -> None:
    for options, words in [
        ({}, []),
        ({"to": "tw", "profile": "corpus"}, ["--to=tw", "--profile=corpus"]),
        (
            {"to": "hans", "keep": ["share", "repeat/line"], "punctuation": "keep"},
            ["--to=hans", "--keep=share,repeat/line", "--punctuation=keep"],
        ),
    ]:
        cleaner = Cleaner(**options)
        assert [cleaner.clean(text).text for text in texts(articles)] == texts(command(*words))


def test_titles_are_those_of_the_command(articles: list[Article], command: Command) -> None:
    cleaned = [Cleaner(to="hk").clean(it["text"], it["title"]) for it in articles]
    expected = command("--to=hk", "--title-field=title")
    assert [(it.text, it.title) for it in cleaned] == [(it["text"], it["title"]) for it in expected]


def test_the_source_comes_back(articles: list[Article]) -> None:
    cleaner = Cleaner(to="keep", punctuation="keep", profile="corpus")
    for text in texts(articles):
        cleaned = cleaner.clean(text)
        assert cleaned.restore() == text
        assert restore(cleaned.text, cleaned.removed) == text


def test_lines_come_back_and_another_text_is_refused() -> None:
    cleaned = Cleaner().clean(ARTICLE)
    assert cleaned.restore([8]).endswith("分享到:\n")
    with pytest.raises(QingwenError, match="not that of this text"):
        restore("別的文章", cleaned.removed)


@pytest.mark.parametrize("threads", [1, 3])
def test_many_articles_come_in_order(articles: list[Article], threads: int) -> None:
    cleaner = Cleaner(to="tw")
    many = cleaner.clean_many(iter(texts(articles)), (it["title"] for it in articles), threads)
    assert list(many) == [cleaner.clean(it["text"], it["title"]) for it in articles]


def test_many_articles_are_taken_a_few_at_a_time() -> None:
    taken = 0

    def endless():  # type: ignore[no-untyped-def]
        nonlocal taken
        while True:
            taken += 1
            yield "街坊說,好。"

    many = Cleaner().clean_many(endless(), threads=2)
    assert next(many).text == "街坊說，好。"
    assert taken < 1000


def test_what_an_iterable_raises_comes_behind_what_it_gave() -> None:
    def broken():  # type: ignore[no-untyped-def]
        yield "街坊說,好。"
        raise OSError("the disk is full")

    many = Cleaner().clean_many(broken())
    assert next(many).text == "街坊說，好。"
    with pytest.raises(OSError, match="disk is full"):
        next(many)
    assert list(many) == []


def test_too_few_titles_and_no_threads_are_errors() -> None:
    with pytest.raises(QingwenError, match="fewer titles than texts"):
        list(Cleaner().clean_many(["甲", "乙"], ["甲"]))
    with pytest.raises(QingwenError, match="threads"):
        Cleaner().clean_many([], threads=0)
    with pytest.raises(TypeError):
        list(Cleaner().clean_many([7]))  # type: ignore[list-item]


def test_errors_are_those_of_the_command() -> None:
    for options, word in [
        ({"to": "mars"}, "--to=mars"),
        ({"remove": "shar"}, "--remove=shar"),
        ({"protect": "("}, "--protect=("),
    ]:
        with pytest.raises(QingwenError) as caught:
            Cleaner(**options)
        assert str(caught.value) in run("clean", "-", word, input="").stderr
    with pytest.raises(QingwenError, match="unexpected argument '--output'"):
        Cleaner(output="a.txt")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="to: "):
        Cleaner(to=7)  # type: ignore[arg-type]


def test_files_are_read(tmp_path: Path) -> None:
    lines = tmp_path / "keep.txt"
    lines.write_text("分享到\n", encoding="utf-8")
    assert Cleaner(keep_lines=lines).clean(ARTICLE).text.endswith("分享到：\n")
    assert Cleaner(keep_lines=[str(lines)]).clean(ARTICLE).text.endswith("分享到：\n")
    with pytest.raises(QingwenError, match="missing.txt"):
        Cleaner(keep_lines=[tmp_path / "missing.txt"])


def test_a_model_of_a_collection_removes_what_its_site_prints(tmp_path: Path) -> None:
    body = "這是第{}篇，街坊說晚上安靜了許多，也有人覺得可惜，{}。"
    foot = "關注本站微信獲取更多\n老街熱線電話請撥打前台\n"
    endings = ["攤主還在找新的地方", "里長說年底才有結果", "老人家想要一張椅子", "孩子們換到河邊去玩"]
    pages = [f"老街的第{n}個秋天\n\n{body.format(n, ending)}\n\n{foot}" for n, ending in enumerate(endings)]
    for n, page in enumerate(pages):
        (tmp_path / f"{n}.txt").write_text(page, encoding="utf-8")
    model = tmp_path / "site.qwm"
    run("corpus", "learn", str(tmp_path), "--output", str(model), check=True)
    assert "老街熱線" in Cleaner().clean(pages[0]).text
    cleaned = Cleaner(corpus_model=model).clean(pages[0])
    assert "老街熱線" not in cleaned.text
    assert {it["rule"] for it in cleaned.removals} & {"corpus/line", "corpus/block"}


def test_cleaners_and_results_are_pickled() -> None:
    cleaner = Cleaner(to="hans", protect=["頭髮"], keep_quotes=True)
    again = pickle.loads(pickle.dumps(cleaner))
    assert repr(again) == repr(cleaner) == "Cleaner(to='hans', protect=['頭髮'], keep_quotes=True)"
    cleaned = cleaner.clean(ARTICLE + "頭髮亂了。\n")
    assert cleaned.text.endswith("頭髮乱了。\n")
    assert again.clean(ARTICLE + "頭髮亂了。\n") == pickle.loads(pickle.dumps(cleaned)) == cleaned


def test_threads_share_a_cleaner(articles: list[Article]) -> None:
    cleaner = Cleaner()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cleaner.clean, texts(articles))) == [
            cleaner.clean(text) for text in texts(articles)
        ]


def test_text_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        Cleaner().clean("\ud800")
