from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from typing import Any, Literal, Protocol, final

from .cleaned import Cleaned, Removed

__version__: str
FOLD_VERSION: int
SHORTEST_KEY: int
BUCKET_NEIGHBOURS: int

_Path = str | PathLike[str]
_Paths = _Path | Iterable[_Path]
_Texts = str | Iterable[str]
_Mending = Literal["auto", "keep"]
_Target = str

class ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class QingwenError(ValueError): ...

@final
class Cleaner:
    def __new__(
        cls,
        *,
        to: _Target = "auto",
        profile: Literal["article", "corpus", "light"] = "article",
        remove: _Texts = (),
        keep: _Texts = (),
        certainty: Literal["likely", "sure"] = "likely",
        keep_twin: Literal["first", "target-script", "longest"] = "first",
        punctuation: _Mending = "auto",
        entities: _Mending = "auto",
        radicals: _Mending = "auto",
        rules: _Paths = (),
        keep_lines: _Paths = (),
        remove_lines: _Paths = (),
        corpus_model: _Paths = (),
        dict: _Paths = (),
        variants: Literal["usage", "standard"] = "usage",
        usage: _Paths = (),
        regional_words: Literal["converted", "all"] = "converted",
        protect: _Texts = (),
        keep_quotes: bool = False,
    ) -> Cleaner: ...
    def clean(self, text: str, title: str | None = None, source: str | None = None) -> Cleaned: ...
    def clean_many(
        self,
        texts: Iterable[str],
        titles: Iterable[str | None] | None = None,
        threads: int | None = None,
        sources: Iterable[str | None] | None = None,
    ) -> CleanedTexts: ...
    def clean_arrow(
        self,
        data: ArrowArray | ArrowStream,
        text: str = "text",
        title: str | None = None,
        report: bool = True,
        threads: int = 1,
        source: str | None = None,
    ) -> Any: ...

@final
class CleanedTexts:
    def __iter__(self) -> Iterator[Cleaned]: ...
    def __next__(self) -> Cleaned: ...

@final
class Converter:
    def __new__(
        cls,
        config: _Path | None = None,
        *,
        to: _Target | None = None,
        dict: _Paths = (),
        variants: Literal["usage", "standard"] = "usage",
        usage: _Paths = (),
        regional_words: Literal["converted", "all"] = "converted",
        protect: _Texts = (),
        keep_quotes: bool = False,
    ) -> Converter: ...
    def convert(self, text: str) -> str: ...

def count_lines(
    data: ArrowArray | ArrowStream,
    text: str = "text",
    title: str | None = None,
    source: str = "source",
    threads: int = 1,
) -> Any: ...
def duplicates(
    articles: ArrowArray | ArrowStream,
    pairs: ArrowArray | ArrowStream | None = None,
    keep: Literal["first", "longest", "target-script", "newest"] = "first",
    to: _Target | None = None,
    similarity: float = 0.7,
    containment: float = 0.9,
) -> Any: ...
def join_models(models: Sequence[str]) -> str: ...
def learn(counts: ArrowArray | ArrowStream) -> str: ...
def shared(a: ArrowArray, b: ArrowArray) -> Any: ...
def sign(
    data: ArrowArray | ArrowStream, text: str = "text", cleaned: bool = False, threads: int = 1
) -> Any: ...
def explain(rule: str) -> str: ...
def fold(text: str) -> str: ...
def inspect(text: str) -> dict[str, Any]: ...
def main(words: Sequence[str]) -> int: ...
def restore(text: str, removed: Sequence[Removed], lines: Sequence[int] | None = None) -> str: ...
def rules() -> list[dict[str, Any]]: ...
