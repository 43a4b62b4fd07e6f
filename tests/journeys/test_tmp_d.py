import pytest
from tests.journeys.test_every_page import *
from tests.journeys.test_every_page import DAYS, DATES, filled, looks_right, leads_nowhere
del test_every_page_is_open_to_everybody, test_pages_before_signing_in_and_when_something_is_wrong, test_a_fault_would_be_seen, test_the_locked_page, test_no_page_is_forgotten
try:
    del test_no_page_widens_from_right_to_left
except NameError: pass
def test_mine(meet, demo):
    for persona, name, paths in (("ines","Robin",[*DAYS,*DATES]),("solange","",["/days/expected/","/days/waiting/","/days/waiting/new/"]),("walt","",["/days/expected/"]),("amara","",["/days/trip/","/days/day/"]),("jo","Robin",["/days/<uuid:case>/","/days/<uuid:case>/court/"])):
        v=meet(demo); v.comes_in_as(persona); faults=[]; tried=set()
        for path in filled(v,name,paths): faults += looks_right(v,path)+leads_nowhere(v,tried)
        print(persona, faults)
        assert faults==[], "\n".join(faults)
