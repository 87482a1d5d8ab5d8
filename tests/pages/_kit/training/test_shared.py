"""What is worked out of a shared thing is made once, renewed with it, and gone with it."""

import gc
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

from engine.experiment.experiment import Experiment
from pages._kit.training.job import Job
from pages._kit.training.shared import Views


class View:
    made = 0

    def __init__(self, owner):
        time.sleep(0.02)  # long enough for every thread to have asked
        View.made += 1
        self.owner = owner


def test_many_who_ask_at_once_get_one_view():
    views, View.made = Views(), 0
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: views.of("owner", View), range(8)))
    assert len(found) == View.made == 1


def test_there_is_one_view_of_a_kind_and_it_is_the_latest():
    views = Views()
    first = views.of("owner", View, 1)
    assert views.of("owner", View, 1) is first
    assert views.of("owner", str, 1) == "owner"  # another kind
    second = views.of("owner", View, 2)
    assert second is not first
    kept = weakref.ref(first)
    del first
    assert kept() is None
    assert views.of("owner", View, 2) is second


def test_a_view_is_freed_with_its_owner():
    job = Job([Experiment(epochs=1)])
    kept = weakref.ref(job.views.of(job, View))
    assert kept() is not None
    del job
    gc.collect()
    assert kept() is None


def test_of_all_owners_only_the_latest_views_of_a_kind_are_kept():
    owners = [Views() for _ in range(4)]
    kept = [weakref.ref(views.of("owner", View, most=3)) for views in owners]
    assert [reference() is None for reference in kept] == [True, False, False, False]
    owners[1].of("owner", View, 1, most=3)  # is now the latest
    first = owners[0].of("owner", View, most=3)
    assert [reference() is None for reference in kept] == [True, True, True, False]
    assert owners[0].of("owner", View, most=3) is first
