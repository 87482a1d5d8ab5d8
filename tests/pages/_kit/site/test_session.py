from pages._kit.site import session


def test_a_thing_is_made_once_and_may_be_replaced(monkeypatch):
    monkeypatch.setattr(session.st, "session_state", {})
    first = session.keep("thing", list)
    assert session.keep("thing", list) is first
    session.put("thing", [1])
    assert session.keep("thing", list) == [1]
