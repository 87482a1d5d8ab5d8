from engine.nn.stops import to_end


def steps(done):
    for step in range(3):
        done.append(step)
        yield
    return "there"


def test_one_rests_at_every_stop_and_nowhere_else():
    done = []
    assert to_end(steps(done), rest=lambda: done.append("rest")) == "there"
    assert done == [0, "rest", 1, "rest", 2, "rest"]


def test_without_a_rest_one_goes_the_whole_way():
    done = []
    assert to_end(steps(done)) == "there"
    assert done == [0, 1, 2]
