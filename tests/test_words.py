"""The one list of words: every part knows each word of it, and no other module spells one."""

import ast
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import plantrack
from plantrack.documents import Document, read_numbers, read_outline
from plantrack.documents.marks import BLANK, raised, without_marks
from plantrack.numbers import words
from plantrack.numbers.footnote_marks import is_mark, split_marks
from plantrack.numbers.number_words import counted, heading_number, in_digits
from plantrack.numbers.numeral import read_numeral
from plantrack.numbers.words import BOUND_WORDS, PHRASES, SCALES, VERBS, BoundWord, Phrase, Verb
from plantrack.plan.measures import Measure, Subject, read_value
from plantrack.plan.units import DIFFERENCES
from plantrack.reading import load_catalogue
from plantrack.reading.actuals_layout import _is_meant_as_number
from plantrack.reading.actuals_units import ACTUALS_ROW, is_unit, joined
from plantrack.reading.table_units import _MONEY, speak_of_unit
from plantrack.trace import Source
from plantrack.trace.units import Units
from plantrack.views.plans import TELLING

PACKAGE = Path(plantrack.__file__).parent
CATALOGUE = load_catalogue()
UNITS = Units({name: unit.base for name, unit in CATALOGUE.units.items()})
by_word = pytest.mark.parametrize


def with_word(bound: BoundWord, number: str, unit: str = "") -> str:
    return {
        "before": f"{bound.word}{number}{unit}",
        "inside": f"{number}{bound.word}{unit}",
        "behind": f"{number}{unit}{bound.word}",
    }[bound.stands]


def stands(numeral: str, content: str) -> bool:
    """Whether the numeral stands in this text exactly as it is written."""
    return any(Source(Document.of_lines("x.txt", [content]), {}, UNITS).places_of(numeral))


# -- every part knows every word -----------------------------------------------------------------


@by_word("bound", BOUND_WORDS, ids=lambda each: each.word)
def test_a_bound_is_read_in_numerals_and_in_actuals(bound: BoundWord) -> None:
    assert read_numeral(with_word(bound, "50", "家")).bound == bound.bound
    bare = read_numeral(with_word(bound, "50"))
    assert bare.bound == bound.bound
    assert joined(bare, "家") == with_word(bound, "50", "家")
    if bound.stands == "before":
        assert _is_meant_as_number(with_word(bound, "50"))


@by_word("bound", BOUND_WORDS, ids=lambda each: each.word)
def test_in_a_document_a_bound_makes_another_numeral(bound: BoundWord) -> None:
    printed = with_word(bound, "50", "家")
    assert stands(printed, f"总数{printed}，")
    assert not stands("50家", f"总数{printed}，")
    assert all(stands("50家", f"总数{before}{bound.word}50家，") for before in bound.not_after)
    if bound.stands != "before":
        assert UNITS.behind(f"50{bound.word}", 2, in_sentence=True).word == ""


@by_word("verb", VERBS, ids=lambda each: each.word)
def test_a_verb_is_read_turned_and_shown(verb: Verb) -> None:
    printed = f"{verb.word}5家"
    assert read_numeral(printed).value == 5 * verb.sign
    assert abs(verb.sign) == 1
    turned = words.turned(printed)
    assert turned is not None
    assert read_numeral(turned).verb == -verb.sign
    assert printed.startswith(TELLING)
    assert _is_meant_as_number(printed)
    assert stands("5家", f"总数{printed}，") == (verb.sign > 0)


@by_word(("unit", "of"), [("%", "share"), ("个百分点", "share"), ("家", "amount"), ("元", "amount")])
def test_a_fall_is_written_with_the_verb_of_its_unit(unit: str, of: str) -> None:
    written = words.as_fall(f"5{unit}", unit)
    assert read_numeral(written).verb == -1
    assert any(written.startswith(verb.word) and verb.of == of for verb in VERBS)


@by_word("scale", SCALES)
def test_a_scale_is_read_in_numerals_documents_and_titles_of_tables(scale: str) -> None:
    assert read_numeral(f"5{scale}元").value == 5 * SCALES[scale]
    assert read_numeral(f"{scale}{words.CLASS}").value == SCALES[scale]
    assert UNITS.of_numeral(f"5{scale}元").scale == scale
    assert is_unit(f"{scale}元", CATALOGUE)
    assert _MONEY.fullmatch(f"{scale}元")


@by_word("unit", CATALOGUE.units)
def test_a_unit_of_the_catalogue_is_read_everywhere(unit: str) -> None:
    """No list of units stands beside the catalogue's."""
    printed = f"12{unit}"
    indicator = next(iter(CATALOGUE.indicators.values())).model_copy(update={"unit": unit})
    kind = "change" if unit in DIFFERENCES else "level"
    (said,) = read_value(kind, printed, ACTUALS_ROW, Subject(indicator), CATALOGUE)
    assert isinstance(said, Measure)
    assert said.interval.contains(said.value)
    assert is_unit(unit, CATALOGUE)
    assert UNITS.of_numeral(printed).base == CATALOGUE.units[unit].base
    assert stands(printed, f"共有{printed}，")
    assert not stands("12", f"共有{printed}，")


@by_word("phrase", PHRASES, ids=lambda each: each.words)
def test_a_phrase_is_read_and_found(phrase: Phrase) -> None:
    numeral = read_numeral(phrase.words)
    assert (numeral.value, numeral.unit) == (phrase.value, phrase.unit)
    assert phrase.least is None or numeral.interval().low == phrase.least
    assert stands(phrase.words, f"实现{phrase.words}，")


def test_only_the_verb_that_stands_first_is_turned() -> None:
    assert words.turned("下降5%左右，下降") == "上升5%左右，下降"
    assert words.turned("5%") is None


@by_word("word", ["翻番", *(f"翻{times}番" for times in words.DOUBLING_TIMES), *words.NUMBER_WORDS])
def test_a_number_in_words_is_read_and_is_a_number_of_the_document(word: str) -> None:
    assert read_numeral(word).value > 0
    numbers = read_numbers(read_outline(Document.of_lines("x.txt", [f"总量{word}。"])))
    assert [each.text for each in numbers.all] == [word]


@by_word(
    ("text", "number"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("二十一", 21),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("两", 2),
        ("二〇", 20),
        ("一二", 12),
    ],
)
def test_words_count(text: str, number: int) -> None:
    assert heading_number(text) == number


@by_word("count", words.COUNTS)
def test_a_number_before_a_measure_word_is_no_numbering(count: str) -> None:
    numbers = read_numbers(read_outline(Document.of_lines("x.txt", [f"另有附件3{count}。"])))
    assert [each.kind for each in numbers.all] == ["number"]


@by_word("mark", sorted(words.BEHIND_NUMBERS))
def test_a_mark_stands_behind_a_numeral(mark: str) -> None:
    assert is_mark(mark)
    assert split_marks(f"38{mark}") == ("38", mark)


@by_word("mark", words.SUPERSCRIPTS)
def test_a_superscript_is_a_mark_in_numerals_and_in_documents(mark: str) -> None:
    assert is_mark(mark)
    assert without_marks(f"115{mark}亿元") == f"115{BLANK}亿元"


@by_word("opening", "[（［〔【")
def test_a_raised_mark_in_any_brackets_is_a_superscript(opening: str) -> None:
    closing = dict(zip("[（［〔【", "]）］〕】", strict=True))[opening]
    assert raised(f"{opening}注1{closing}") == "⁽注¹⁾"
    assert raised(f"{opening}12{closing}") == "⁽¹²⁾"


# -- no other module spells one ------------------------------------------------------------------

OTHER_WORDS = ("单位", "项目", "余额", "人民币", "人均", r"目\s*[录次]", "备注")
"""What contains a letter of the list and is none of its words."""
LISTED = {
    *(each.word for each in BOUND_WORDS if each.word.isalpha()),
    *(each.word for each in VERBS),
    *(each.words for each in PHRASES),
    *words.POWERS,
    *words.NUMBER_WORDS,
    *words.COUNTS,
    *words.RANGE_WORDS,
    *words.EMPTY,
    *words.POINTS,
    *words.DAGGERS,
    *(words.CLASS, words.SHARED, words.TIMES, words.RANK, words.YUAN, words.PERSON, words.PIECE),
    *(words.REPEATED, words.NOTE),
}


def spelled(module: Path) -> set[str]:
    """The words of the list in a module's strings; docstrings, sentences and examples of files aside."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"text", "Words", "Field"}:
            aside.update(map(id, ast.walk(node)))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            said = node.value
            for word in OTHER_WORDS:
                said = said.replace(word, " ")
            found |= {word for word in LISTED if word in said and "\n" not in said}
    return found


def test_no_other_module_spells_a_word_of_the_list() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if "locale" not in path.parts]
    assert spelled(PACKAGE / "numbers/words.py") >= {"不低于", "以上", "增长", "万", "倍"}
    found = {
        path.relative_to(PACKAGE).as_posix(): spelled(path) for path in modules if path.name != "words.py"
    }
    assert {name: each for name, each in found.items() if each} == {}


# -- a new word is one line ----------------------------------------------------------------------

NEW_LINES = {
    "numbers/words.py": {
        '    BoundWord("不低于", "before", "ge"),\n': '    BoundWord("不下于", "before", "ge"),\n',
        '    BoundWord("以上", "behind", "ge"),\n': '    BoundWord("开外", "behind", "ge"),\n',
        '    Verb("下降", -1, "上升", "share"),\n': '    Verb("走低", -1, "上升", "share"),\n',
        '    Phrase("全覆盖", 100, PERCENT),\n': '    Phrase("归零", 0, ""),\n',
    },
    "plan/units.yaml": {
        "  户: {en: households, base: 个, whole: true}\n": "  蒸吨: {en: tonnes of steam, base: 蒸吨}\n"
    },
}
"""File -> a line of it, and one that is written below."""
TRIED = """
from plantrack.numbers import words
from test_words import *
import test_words
assert Path(plantrack.__file__).is_relative_to(sys.argv[1])
for bound in [each for each in BOUND_WORDS if each.word in ("不下于", "开外")]:
    test_words.test_a_bound_is_read_in_numerals_and_in_actuals(bound)
    test_words.test_in_a_document_a_bound_makes_another_numeral(bound)
    print(bound.word)
for verb in [each for each in VERBS if each.word == "走低"]:
    test_words.test_a_verb_is_read_turned_and_shown(verb)
    print(verb.word)
for phrase in [each for each in PHRASES if each.words == "归零"]:
    test_words.test_a_phrase_is_read_and_found(phrase)
    print(phrase.words)
test_words.test_a_unit_of_the_catalogue_is_read_everywhere("蒸吨")
print("蒸吨")
"""


def test_a_new_word_is_one_line(tmp_path: Path) -> None:
    """In a copy of the package with one line more for each word, every part knows it."""
    copy = tmp_path / "plantrack"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name, lines in NEW_LINES.items():
        content = (copy / name).read_text(encoding="utf-8")
        for line, more in lines.items():
            assert content.count(line) == 1
            content = content.replace(line, line + more)
        (copy / name).write_text(content, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parent)])
    done = subprocess.run(
        [sys.executable, "-c", TRIED, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stderr, done.stdout.split()) == ("", ["不下于", "开外", "走低", "归零", "蒸吨"])


def test_a_unit_is_seen_in_letters_of_any_width() -> None:
    """Rows are looked at only where one of a few characters stands: every character that means one of them is one."""
    colons = [each for each in map(chr, range(0x30000)) if ":" in unicodedata.normalize("NFKC", each)]
    assert len(colons) > 1
    for colon in colons:
        assert speak_of_unit(["", f"单位{colon}亿元"])
        assert speak_of_unit([f"unit{colon}亿元"])
    assert speak_of_unit(["单 位为亿元"])
    assert not speak_of_unit(["保费收入", "2023"])


@pytest.mark.parametrize(
    ("written", "digits", "is_size"),
    [
        ("两千亿", "2千亿", True), ("一千二百亿", "12百亿", True), ("一千二百三十亿", "1230亿", False),
        ("三百", "3百", True), ("十二亿", "12亿", True), ("十二万三千亿", "123千亿", False),
        ("一百二十三", "123", False), ("十", "10", False), ("二点五", "2.5", False),
        ("12吨二点五级煤", "12吨二点五级煤", False),
    ],
)  # fmt: skip
def test_one_or_two_digits_before_a_scale_tell_a_size_and_those_in_a_unit_stay(
    written: str, digits: str, is_size: bool
) -> None:
    assert in_digits(written) == (digits, is_size)


@pytest.mark.parametrize(
    ("written", "number", "wrong"),
    [
        ("一百零一", 101, "一百一"), ("一百零九", 109, "一百九"), ("一百一十", 110, "一百零一十"),
        ("一千零九十九", 1_099, "一千九十九"), ("一千一百", 1_100, "一千零一百"),
        ("一万零九百九十九", 10_999, "一万九百九十九"), ("一万一千", 11_000, "一万零一千"),
    ],
)  # fmt: skip
def test_a_zero_stands_where_the_next_place_is_empty(written: str, number: int, wrong: str) -> None:
    assert counted(written) == number
    with pytest.raises(ValueError, match=wrong):
        counted(wrong)
