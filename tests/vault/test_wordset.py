import pytest
from hypothesis import given
from hypothesis import strategies as some

from leeward.vault import wordset
from leeward.vault.wordset import holds, matches, needles, pack, plain, unpack, words


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("We met at the clinic", "clinic"),
        ("We met at the clinic", "CLIN"),
        ("Ramón sang", "ramon"),
        ("Ramon sang", "Ramón"),
        ("Ángela, señora Muñoz", "angela munoz"),
        ("Straße", "strasse"),
        ("ＦＵＬＬ ｗｉｄｔｈ", "full width"),
        ("Nguyễn Thị Hồng", "nguyen thi hong"),
        ("O'Brien called", "o’brien"),
        ("O’Brien called", "brien"),
        ("rendez-vous à l'hôpital", "hopital"),
        ("rendez-vous à l’hôpital", "l'hôpital"),
        ("she has 3 children, room 12b", "12b"),
        ("שָׁלוֹם לָהּ", "שלום"),
        ("التقينا بالسيدة مَرْيَم", "مريم"),
        ("我今天和阿敏见面", "阿敏"),
        ("我今天和Maria见面", "maria"),
        ("明日病院へ行く", "病院"),
        ("สวัสดีคุณมาลี", "มาลี"),
        ("ជួបសុភា", "សុភា"),
        ("김민지 씨를 만났다", "김민지"),
        ("मीना से मिले", "मीना"),
        ("first_second", "second"),
    ],
)
def test_it_is_found(text: str, query: str) -> None:
    assert matches(text, needles(query))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("We met at the clinic", "linic"),
        ("We met at the clinic", "clinics"),
        ("We met", "we slept"),
        ("", "anything"),
        ("我今天和阿敏见面", "阿梅"),
        ("Maria", "maría garcía"),
    ],
)
def test_it_is_not_found(text: str, query: str) -> None:
    assert not matches(text, needles(query))


@pytest.mark.parametrize("query", ["", "   ", "_", "!?…", "'", "— –"])
def test_a_query_without_a_word_looks_for_nothing(query: str) -> None:
    assert needles(query) == []


def test_the_longest_word_is_looked_for_first() -> None:
    assert needles("at the clinic") == ["\nclinic", "\nthe", "\nat"]


def test_scripts_without_spaces_are_found_anywhere_in_a_word() -> None:
    assert needles("阿敏 met") == ["\nmet", "阿敏"]


def test_a_long_sentence_without_spaces_is_kept_to_its_end() -> None:
    assert matches("我" * 200 + "阿敏", needles("阿敏"))


def test_a_very_long_word_is_cut_alike_in_text_and_query() -> None:
    assert max(map(len, words("x" * 500))) == 64
    assert matches("x" * 500, needles("x" * 400))


def test_no_text_has_no_words() -> None:
    assert words("") == set()
    assert pack([]) == ""
    assert unpack("") == set()


def test_a_set_comes_back_from_its_packed_form() -> None:
    assert unpack(pack(words("one two, two three"))) == {"one", "two", "three"}


@given(some.text(max_size=300))
def test_packing_loses_nothing(text: str) -> None:
    assert unpack(pack(words(text))) == words(text)


@given(some.text(max_size=120), some.integers(0, 119), some.integers(1, 30))
def test_every_beginning_of_a_word_is_found(text: str, which: int, length: int) -> None:
    found = sorted(words(text))
    if found:
        word = found[which % len(found)]
        assert holds(pack(words(text)), ["\n" + word[:length]])


@given(some.text(max_size=120))
def test_a_text_is_found_by_itself(text: str) -> None:
    assert matches(text, needles(text))


@given(some.text(alphabet=some.characters(codec="ascii")))
def test_the_short_way_for_ascii_says_the_same(text: str) -> None:
    assert plain(text) == plain(text + "é").removesuffix("e")


_SIGNS = some.text(alphabet="abAÉé'’ _-9小草ก\n\tß", max_size=30)


@given(_SIGNS, _SIGNS)
def test_looking_through_many_texts_answers_like_looking_at_one(text: str, query: str) -> None:
    sought = wordset.needles(query)
    assert wordset.searcher(sought)(wordset.plain(text)) is wordset.matches(text, sought)


def test_names_are_found_like_words_and_told_from_them() -> None:
    packed = pack(wordset.called("Ramón Luz") | words("the moth called"))
    assert holds(packed, needles("ramon moth"))
    assert wordset.unnamed(packed, needles("ramon moth")) == ["\nmoth"]
    assert wordset.unnamed(packed, needles("luz")) == []


def test_where_nobody_has_a_name_everything_is_still_to_be_found() -> None:
    assert wordset.unnamed(pack(words("a moth")), needles("moth")) == ["\nmoth"]


def test_other_names_take_the_place_of_the_marks() -> None:
    assert wordset.nameless(wordset.called("Dee")) == {"dee"}
