"""Not run: mypy finds the lines that are marked, and no others."""

from collections.abc import Iterator

from qingwen import Cleaned, CleanedTexts, Cleaner, Converter, convert, inspect

cleaner = Cleaner(to="tw", profile="corpus", keep=["share"], keep_lines="keep.txt")
cleaned: Cleaned = cleaner.clean("甲", title=None)
line: int = cleaned.removals[0]["line"]
dates: str = cleaned.metadata["date"]
many: CleanedTexts = cleaner.clean_many(["甲"], titles=[None], threads=2)
iterator: Iterator[Cleaned] = many
text: str = Converter("s2t").convert("甲") + convert("甲", to="hans") + inspect("甲")["script"]

Cleaner(profile="all")  # wrong
Cleaner(keep_quotes="yes")  # wrong
cleaner.clean(7)  # wrong
cleaned.removals[0]["lines"]  # wrong
convert("甲")  # wrong
