from tests import make
from tests.cast import Cast

def test_smoke(cast: Cast) -> None:
    make.an_entry(cast.dee, by=cast.ama, text="hello")
    with make.opening(cast.dee, cast.ben) as file:
        assert file.thing.participant.card["name"] == "Dee"
        assert file.thing.entries.get().text == "hello"
