"""All that is shared between visitors within one budget of bytes: who was not asked for goes."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar, cast
from weakref import WeakValueDictionary, ref

from pages._kit.training.footprint import footprint
from pages._kit.training.visitor import heedful

T = TypeVar("T")


class _Place:
    """Where a shared thing is: made by whoever comes first, the others wait for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.thing: object = None
        self.bytes = 0


class Budget:
    """Shared things by their keys, `most_bytes` of them together.

    Of more, the least recently asked for are let go. A thing that somebody still holds on to, as it
    is shown, goes on to be shared and to be counted until it is let go there as well.
    """

    def __init__(self, most_bytes: int, most: int = 512) -> None:
        self.most_bytes, self._most = most_bytes, most
        self._lock = threading.RLock()
        # In the order in which they were asked for. No OrderedDict: walking one hashes every key.
        self._places: dict[Hashable, _Place] = {}
        self._shown: WeakValueDictionary[Hashable, object] = WeakValueDictionary()
        self._let_go: list[tuple[ref[object], int]] = []

    @property
    def bytes(self) -> int:
        """How much is held, here or by those who show what has been let go here."""
        with self._lock:
            self._let_go = [entry for entry in self._let_go if entry[0]() is not None]
            held = sum(place.bytes for place in self._places.values())
            return held + sum(size for _, size in self._let_go)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the thing of a key, made by the first who asks; whoever asks meanwhile waits.

        What `make` raises is raised, and the next who asks makes it. TypeError if the thing is of a
        kind that has no weak references, as a tuple.
        """
        place = self._place(key)
        with heedful(place.lock):
            if place.thing is None:
                made = make()
                ref(made)  # what cannot be let go while somebody shows it must not come in at all
                place.thing = made
                self.charge(place.thing)
            else:
                self._tidy(place)
            return cast(T, place.thing)

    def forget(self, key: Hashable) -> None:
        """Let a thing go that nobody is going to ask for."""
        with self._lock:
            self._places.pop(key, None)

    def find(self, key: Hashable) -> object:
        """Return the thing of a key, None if nobody has made it or it has been let go."""
        with self._lock:
            return self._place(key).thing if key in self._places else self._shown.get(key)

    def charge(self, thing: object) -> None:
        """Count how much a thing holds by now, if it is shared, and let others go if need be."""
        with self._lock:
            places = [place for place in self._places.values() if place.thing is thing]
        for place in places:
            place.bytes = footprint(thing)
            self._tidy(place)

    def clear(self) -> None:
        """Let everything go."""
        with self._lock:
            self._places.clear()
            self._shown.clear()
            self._let_go.clear()

    def _place(self, key: Hashable) -> _Place:
        with self._lock:
            place = self._places.pop(key, None)
            if place is None:
                place = _Place()
                self._bring_back(key, place)
            self._places[key] = place
            return place

    def _bring_back(self, key: Hashable, place: _Place) -> None:
        place.thing = self._shown.pop(key, None)
        for entry in list(self._let_go):
            if place.thing is not None and entry[0]() is place.thing:
                place.bytes = entry[1]
                self._let_go.remove(entry)

    def _tidy(self, latest: _Place) -> None:
        """Let go of what was not asked for the longest, but not of the latest."""
        with self._lock:
            held = self.bytes
            for key, place in list(self._places.items()):
                if held <= self.most_bytes and len(self._places) <= self._most:
                    break
                if place is not latest and not place.lock.locked():
                    del self._places[key]
                    if place.thing is not None:
                        self._shown[key] = place.thing
                        shown, place.thing = ref(place.thing), None
                        if shown() is None:  # nobody shows it
                            held -= place.bytes
                        else:
                            self._let_go.append((shown, place.bytes))
