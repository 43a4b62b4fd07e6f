"""Forms are read and filled in as a browser does it, or the thief's day would leave something out unnoticed."""

from tests.attack.forms import forms_on

PAGE = """
<form method="get" action="/find/"><input name="page" type="hidden" value="2"></form>
<form method="post" action="keep/">
  <input type="hidden" name="number" value="7">
  <input name="who"><input name="named" value="Ama" readonly>
  <textarea name="told">before</textarea>
  <select name="kind"><option value="">choose …</option><option value="call">A call</option></select>
  <input type="radio" name="way" value=""><input type="radio" name="way" value="bus">
  <input type="checkbox" name="yes" value="1" checked><input type="checkbox" name="no">
  <input type="number" name="miles">
  <template><input name="later"></template>
  <button type="button" name="show">Show</button>
  <button name="told" value="">Keep</button><button formaction="drop/">Let go</button>
</form>
<input name="outside">
"""


def test_a_form_is_read_as_it_stands() -> None:
    asked, form = forms_on(PAGE)
    assert (asked.method, asked.action, asked.typed) == ("get", "/find/", set())
    assert (form.method, form.typed) == ("post", {"who", "told"})
    assert form.places == {"keep/", "drop/"}


def test_no_field_stays_empty() -> None:
    form = forms_on(PAGE.replace('<button name="told"', '<button name="done"'))[1]
    assert form.filled(lambda name: f"about {name}") == {
        "number": "7", "who": "about who", "told": "about told", "kind": "call", "way": "bus", "yes": ["1"],
        "no": [], "miles": "1", "done": "",
    }  # fmt: skip


def test_a_button_that_takes_the_place_of_an_answer_is_seen() -> None:
    form = forms_on(PAGE)[1]
    assert form.overwritten == {"told"}
    assert form.filled(lambda name: f"about {name}")["told"] == ""
