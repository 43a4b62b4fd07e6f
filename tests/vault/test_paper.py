from itertools import combinations

import pytest

from leeward.vault.cipher import KeyPair
from leeward.vault.paper import PaperWrong, fingerprint, print_shares, read_shares, six_words

PAIR = KeyPair.fresh()
SHEETS = print_shares(PAIR)


@pytest.mark.parametrize("two", list(combinations(range(3), 2)))
def test_any_two_of_three_bring_the_key_back(two: tuple[int, int]) -> None:
    assert read_shares([SHEETS[which] for which in two]).reveal() == PAIR.reveal()
    assert read_shares([SHEETS[which] for which in reversed(two)]).reveal() == PAIR.reveal()


def test_all_three_do_too_even_with_a_slip_in_one() -> None:
    assert read_shares(SHEETS).reveal() == PAIR.reveal()
    assert read_shares(["not a sheet", *SHEETS[1:]]).reveal() == PAIR.reveal()


def test_capitals_line_breaks_and_empty_lines_do_not_matter() -> None:
    typed = [SHEETS[0].upper().replace(" ", "\n  "), "", "  ", f"  {SHEETS[1].title()} "]
    assert read_shares(typed).reveal() == PAIR.reveal()


@pytest.mark.parametrize("sheets", [[], [""], SHEETS[:1], SHEETS[:1] * 2])
def test_one_sheet_opens_nothing(sheets: list[str]) -> None:
    with pytest.raises(PaperWrong, match=r"These sheets do not fit together: .*\. Check each word"):
        read_shares(sheets)


def test_a_wrong_word_says_what_to_check() -> None:
    words = SHEETS[0].split()
    words[5] = "acid" if words[5] != "acid" else "acne"
    with pytest.raises(PaperWrong, match="Check each word, and that both are of the same kit"):
        read_shares([" ".join(words), SHEETS[1]])


def test_a_word_that_is_not_in_the_list_says_what_to_check() -> None:
    with pytest.raises(PaperWrong):
        read_shares(["harbour " + SHEETS[0], SHEETS[1]])


def test_sheets_of_two_kits_do_not_fit() -> None:
    with pytest.raises(PaperWrong):
        read_shares([SHEETS[0], print_shares(KeyPair.fresh())[1]])


def test_the_sentence_holds_none_of_the_words_after_the_kit_number() -> None:
    with pytest.raises(PaperWrong) as problem:
        read_shares([SHEETS[0], "x"])
    assert not set(SHEETS[0].split()[3:]) & set(str(problem.value).replace(".", "").split()) - {
        "check",
        "same",
    }


def test_an_offered_passphrase_has_six_words_and_never_comes_twice() -> None:
    offered = {six_words() for _ in range(50)}
    assert len(offered) == 50
    assert {len(words.split()) for words in offered} == {6}


def test_a_fingerprint_is_five_words_and_differs_by_key() -> None:
    assert fingerprint(PAIR.public) == fingerprint(bytes(PAIR.public))
    assert len(fingerprint(PAIR.public).split()) == 5
    assert fingerprint(PAIR.public) != fingerprint(KeyPair.fresh().public)
