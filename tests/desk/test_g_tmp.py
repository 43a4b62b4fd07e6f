import time, statistics, pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from bench.store import Filler, Size
from tests.attack.house import Browser
from tests.make import Worker
pytestmark=[pytest.mark.django_db, pytest.mark.usefixtures("pages")]
@pytest.mark.parametrize("cases", [300, 3000])
def test_it(cases):
    from django.core import management
    store = Filler(Size(cases, cases*5)).fill()
    for who in ("own","everywhere"):
        w=getattr(store,who)
        b=Browser(Worker(w.person,w.pair))
        for path in ("/","/people/","/people/?who=all",f"/people/{store.long_file}/","/month/","/team/"):
            r=b.get(path)
            ts=[]
            for _ in range(12):
                t=time.perf_counter(); r=b.get(path); ts.append((time.perf_counter()-t)*1000)
            with CaptureQueriesContext(connection) as c: b.get(path)
            slow=sorted(((float(q["time"]),q["sql"][:160]) for q in c.captured_queries), reverse=True)[:3]
            print(cases, who, path[:20], r.status_code, f"{statistics.median(ts):.1f} ms", len(c), len(r.content), slow if slow and slow[0][0]>0.002 else "")
