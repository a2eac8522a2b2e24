"""Goal: one order's whole way, as people see it in their chats, in Russian and in English, and the four daemons behind it

The chapters are told in order; each goes on where the one before ended. Buttons are pressed by their words: phrase("New order") is
what stands on the button in the language of the story, which is told once in each. Of what the bot says only what matters is held
on to: numbers, clock times, sums, names.
"""
import datetime
import re
import types
import zoneinfo

import pytest

from harness.suite import Suite
from harness.waiting import wait_until

from .company import FAST, Panel, at_once
from .phrases import LANGUAGES, Phrases, foreign_words, names_of, without_names

MOSCOW = zoneinfo.ZoneInfo("Europe/Moscow")
TARIFF = "Стандарт"  # the installation's own name of it, whatever the language
TASK = "Products need a filter by colour"
SECOND_TASK = "Products are wanted as a table"
THIRD_TASK = "The front page needs a banner"
REPORT = "The filter works in catalogue and search"
LINK = re.compile(r"https://t\.me/\S+\?start=[\w-]+")


@pytest.fixture(scope="module", params=LANGUAGES)
def phrase(request):
    """The language of everybody in the story: all chapters in the first, then all in the next."""
    return Phrases(request.param)


@pytest.fixture(scope="module")
def suite(phrase, cluster, build, template):
    """One in each language, gone before the next one comes."""
    made = Suite(cluster, build, env=FAST, template=template)
    try:
        yield made.start()
    finally:
        made.finish()


@pytest.fixture(scope="module")
def story(suite, company, phrase):
    """Who plays; what they come to know (order, winner ...) is noted here for the chapters that follow."""
    def person(number, name):
        return suite.sim.person(number, name, language_code=phrase.language)

    return types.SimpleNamespace(
        company=company, phrase=phrase, person=person,
        owner=person(1, phrase("Owner")), client=person(11, phrase("Client {n}", n=1)),
        contractors=[person(21 + n, phrase("Contractor {n}", n=n + 1)) for n in range(3)],
        managers=[person(31 + n, phrase("Manager {n}", n=n + 1)) for n in range(2)])


# ---- how they speak ----

def clock(at_ms):
    """A clock time as people of this installation read it."""
    return datetime.datetime.fromtimestamp(at_ms / 1000, MOSCOW).strftime("%H:%M")


def due_ms(suite, order, name):
    """100 % of a clock that runs."""
    return suite.value("select ms(started_at) + limit_ms - counted_ms from clock_runs "
                       "where order_id = %s and clock = %s and ended_at is null", order, name)


def seconds_to(suite, at_ms):
    """From the installation's now until a little after that instant, as clock advance takes it."""
    return f"{max(0, at_ms - suite.value('select ms(suite_now())')) // 1000 + 1}s"


def share(suite, order, name, percent):
    """The instant at which that share of a running clock is used up."""
    return suite.value("select ms(started_at) + (limit_ms * %s + 99) / 100 - counted_ms from clock_runs "
                       "where order_id = %s and clock = %s and ended_at is null", percent, order, name)


def new_order(story, text, **more):
    """From the main menu to the promise; the order's number and what the client was told."""
    client, phrase = story.client, story.phrase
    client.say("/menu")
    client.press(phrase("New order"), client.wait_for(phrase("Main menu"), button=phrase("New order")))
    client.wait_for(phrase("A new order"), button=phrase("Not now"))
    client.say(text, **more)
    before = client.mark()
    client.press(phrase("Send"), client.wait_for(text, button=phrase("Send")))
    promise = client.wait_for(phrase("We will take it by"), after=before)
    return int(re.search(r"№(\d+)", promise.text).group(1)), promise


def hesitates(phrase, contractor, order, hours):
    """From the offer to the last press before it is taken: the card with the estimates."""
    contractor.press(phrase("Take it"), contractor.wait_for(f"№{order}", button=phrase("Take it")))
    return contractor.wait_for(f"№{order}", button=phrase("{n} h", n=hours))


def has_heard_of(person, order):
    return any(f"№{order}" in message.text for message in person.bot_messages())


def invited_by_owner(story, role, *steps):
    """The owner makes a link in the bot; steps are what a client's link asks for besides."""
    owner, phrase = story.owner, story.phrase
    owner.say("/menu")
    owner.press(phrase("Invite"), owner.wait_for(phrase("Main menu"), button=phrase("Invite")))
    before = owner.mark()
    owner.press(phrase(role), owner.wait_for(phrase("For which role"), button=phrase(role)))
    for step in steps:
        step(owner)
    told = owner.wait_for(regex="https://t.me/", after=before)
    wait_until(lambda: any(m.get("photo") for m in owner.bot_messages() if m.id > before), 10, "the link's picture")
    return LINK.search(told.text).group(0)


def agrees(phrase, person, link):
    """What the bot answers to the press."""
    person.start(link)
    return person.press(phrase("I agree"), person.wait_for(phrase("You have been invited"), button=phrase("I agree")))


def joins(phrase, person, link, welcome):
    agrees(phrase, person, link)
    return person.wait_for(phrase(welcome))


def menu_of(phrase, person):
    before = person.mark()
    person.say("/menu")
    return " ".join(person.wait_for(phrase("Main menu"), after=before).buttons)


# ---- I. they meet ----

def test_the_first_owner_joins_by_the_link_of_a_fresh_installation(suite, story, phrase):
    joins(phrase, story.owner, suite.ctl.invite("owner"), "You are an owner now")
    assert all(phrase(words) in menu_of(phrase, story.owner) for words in ("Invite", "Reports", "Board", "People"))


def test_the_owner_adds_a_client_on_the_tariff_standard(story, phrase):
    def names_the_account(owner):
        owner.press(TARIFF, owner.wait_for(phrase("Which tariff"), button=TARIFF))
        owner.wait_for(phrase("What is the client account called"))
        owner.say(phrase("Daisy"))
        owner.press(phrase("A year"), owner.wait_for(phrase("Daisy"), button=phrase("A year")))

    link = invited_by_owner(story, "client", names_the_account)
    joins(phrase, story.client, link, "You are a client now")
    buttons = menu_of(phrase, story.client)
    assert all(phrase(words) in buttons for words in ("New order", "My orders", "Tariff", "Pinned contractors"))
    assert phrase("Open orders") not in buttons and phrase("Board") not in buttons
    menu = story.client.wait_for(regex=phrase("orders left till {until}: {n}", until=".*", n=15))
    assert TARIFF in menu.text and "1970" not in menu.text
    story.owner.wait_for(regex=phrase("{who} has joined: {role}", who=f"{story.client.name}.*", role=phrase("client")))


def test_a_contractor_sees_how_the_work_goes_and_the_rate(story, phrase):
    for contractor in story.contractors:
        welcome = joins(phrase, contractor, invited_by_owner(story, "contractor"), "You are a contractor now")
        assert phrase("How it goes") in welcome.text and "500\u00a0₽" in welcome.text
    assert all(phrase(words) in menu_of(phrase, contractor) for words in ("Open orders", "My work", "Earnings"))
    assert phrase("New order") not in menu_of(phrase, contractor)


def test_a_manager_sees_the_board(story, phrase):
    for manager in story.managers:
        joins(phrase, manager, invited_by_owner(story, "manager"), "You are a manager now")
    assert all(phrase(words) in menu_of(phrase, manager) for words in ("Board", "Contractors"))
    assert phrase("Invite") not in menu_of(phrase, manager)


def test_a_link_is_good_for_one_person_only(suite, story, phrase):
    link = invited_by_owner(story, "manager")
    first, second = (story.person(900 + n, phrase("Somebody")) for n in range(2))
    joins(phrase, first, link, "You are a manager now")
    answer = agrees(phrase, second, link)
    assert answer["show_alert"] and phrase("has been used already") in answer["text"], answer
    first.say("/duty")  # and goes away again: the story has two managers
    first.press(phrase("Until I am back"), first.wait_for(button=phrase("Until I am back")))


# ---- II. the first order ----

def test_the_client_orders_and_is_told_the_clock_time(suite, story, phrase):
    story.order, promise = new_order(story, phrase(TASK), photo=True)
    assert clock(due_ms(suite, story.order, "reaction")) in promise.text
    created, reaction = suite.query("select ms(created_at), reaction_minutes from orders where id = %s", story.order)[0]
    assert due_ms(suite, story.order, "reaction") == created + reaction * 60000 and reaction == 60
    assert phrase("{n} orders are left", n=14) in promise.text


def test_every_contractor_gets_the_offer_with_the_photo(story, phrase):
    for contractor in story.contractors:
        offer = contractor.wait_for(f"№{story.order}", button=phrase("Take it"))
        assert phrase(TASK) in offer.text and "500\u00a0₽" in offer.text
    before = contractor.mark()
    contractor.press(phrase("Attachments"), offer)
    wait_until(lambda: any(m.get("photo") for m in contractor.bot_messages() if m.id > before), 10, "the order's photo")


def test_two_choose_at_once_and_one_of_them_has_it(suite, story, phrase):
    first, second, _ = story.contractors
    cards = [(who, hesitates(phrase, who, story.order, 3)) for who in (first, second)]
    answers = at_once([lambda who=who, card=card: who.press(phrase("{n} h", n=3), card) for who, card in cards])
    winner_is_first = phrase("The order is yours") in answers[0]["text"]
    story.winner, story.loser = (first, second) if winner_is_first else (second, first)
    won, lost = answers if winner_is_first else reversed(answers)
    assert phrase("The order is yours") in won["text"]
    assert re.search(phrase("Already taken at") + r" \d\d:\d\d", lost["text"]) and lost["show_alert"]
    assert suite.value("select count(*) from order_events where order_id = %s and event = 'take'", story.order) == 1


def test_the_others_see_on_their_cards_that_it_is_taken(story, phrase):
    taken = phrase("Already taken at")
    for contractor in set(story.contractors) - {story.winner}:
        wait_until(lambda: any(taken in m.text and not m.press_named("take") for m in contractor.bot_messages()), 10,
                   "the offer's card to change")


def test_the_client_hears_the_estimate_and_not_who(suite, story, phrase):
    told = story.client.wait_for(phrase("is taken."))
    assert phrase("{n} h", n=3) in told.text and clock(due_ms(suite, story.order, "work")) in told.text
    assert not any(contractor.name in m.text for contractor in story.contractors for m in story.client.bot_messages())


def test_while_the_client_owes_an_answer_the_clock_stands(suite, story, phrase):
    before = due_ms(suite, story.order, "work")
    mark = story.winner.mark()
    story.winner.press(phrase("Ask the client"), story.winner.wait_for(f"№{story.order}", button=phrase("Ask the client")))
    story.winner.wait_for(phrase("Write your question"), after=mark)
    story.winner.say(phrase("Which colours shall it show?"))
    asked = story.client.wait_for(phrase("Which colours shall it show?"))
    assert phrase("the contractor asks") in asked.text

    suite.ctl.advance("30m")
    mark = story.winner.mark()
    story.client.say(phrase("Only those in stock"), reply_to=asked.id)
    told = story.winner.wait_for(phrase("Only those in stock"), after=mark)

    asked_at, answered_at = (suite.value("select ms(at) from order_events where order_id = %s and event = %s", story.order, event)
                             for event in ("ask", "answer"))
    after = due_ms(suite, story.order, "work")
    assert answered_at - asked_at >= 30 * 60000
    assert after - before == answered_at - asked_at, "the work clock moves by exactly the pause"
    assert clock(after) in told.text


def test_three_quarters_on_the_contractor_is_reminded(suite, story):
    suite.ctl.advance(seconds_to(suite, share(suite, story.order, "work", 75)))
    story.winner.wait_for(regex=f"⏰.*№{story.order}")


def test_at_95_percent_the_managers_have_both_contacts(suite, story, phrase):
    assert not any(has_heard_of(manager, story.order) for manager in story.managers)
    suite.ctl.advance(seconds_to(suite, share(suite, story.order, "work", 95)))
    for manager in story.managers:
        alert = manager.wait_for(f"№{story.order}", button=phrase("I am on it"))
        assert phrase("the work runs late") in alert.text and clock(due_ms(suite, story.order, "work")) in alert.text
        assert story.client.name in alert.text and story.winner.name in alert.text
        links = {entity.get("user", {}).get("id") or entity.get("url") for entity in alert["entities"]}
        assert all(any(str(person.id) in str(link) for link in links) for person in (story.client, story.winner)), links


def test_the_contractor_finishes_with_a_report(story, phrase):
    mark = story.winner.mark()
    hand_over = phrase("Hand the work over")
    story.winner.press(hand_over, story.winner.wait_for(f"№{story.order}", button=hand_over))
    story.winner.wait_for(phrase("what was done"), after=mark)
    story.winner.say(phrase(REPORT))
    done = story.client.wait_for(phrase(REPORT), button="5 ⭐")
    assert phrase("is done") in done.text


def test_accepted_with_five_stars_both_sums_say_500(story, phrase):
    done = story.client.wait_for(phrase(REPORT), button="5 ⭐")
    story.client.press("5 ⭐", done)
    story.winner.wait_for(regex=f"№{story.order}.*500\u00a0₽")
    story.winner.say("/earnings")
    earned = story.winner.wait_for(phrase("Your earnings"))
    assert f"№{story.order}" in earned.text and earned.text.count("500\u00a0₽") == 3  # the order, the sum, what is to be paid
    story.owner.say("/report")
    report = story.owner.wait_for(phrase("Report"))
    assert phrase("Orders: {n}", n=1) in report.text, report.text
    assert phrase("Taken in time: {share} ({kept} of {all})", share="100\u00a0%", kept=1, all=1) in report.text, report.text
    story.owner.press(phrase("Payouts"), report)
    paid = story.owner.wait_for(f"{story.winner.name}: 500\u00a0₽")
    assert paid.text.count("500\u00a0₽") == 3, paid.text  # the contractor's, the sum, what is to be paid


# ---- III. the second order, which nobody takes ----

def test_the_client_pins_the_contractor(story, phrase):
    story.client.say("/menu")
    pinned = phrase("Pinned contractors")
    story.client.press(pinned, story.client.wait_for(phrase("Main menu"), button=pinned))
    answer = story.client.press(story.winner.name, story.client.wait_for(pinned, button=story.winner.name))
    assert phrase("Pinned") in answer["text"]
    story.others = [contractor for contractor in story.contractors if contractor is not story.winner]


def test_the_pinned_contractor_is_first_and_alone_to_see_it(suite, story, phrase):
    story.second, _ = new_order(story, phrase(SECOND_TASK))
    offer = story.winner.wait_for(f"№{story.second}", button=phrase("Take it"))
    assert phrase("has pinned you") in offer.text
    nobody_else_sees(suite, story, story.second)


def nobody_else_sees(suite, story, order):
    """Neither a message nor a line in the list, and a press all the same is refused."""
    the_list = "|".join([story.phrase("Nothing to take"), story.phrase("Orders you can take")])
    for contractor in story.others:
        assert not has_heard_of(contractor, order)
        mark = contractor.mark()
        contractor.say("/open")
        assert f"№{order}" not in contractor.wait_for(regex=the_list, after=mark).text
        answer = contractor.press_data(f"take_for:{order}:3", contractor.last(), stale=True)
        assert answer["show_alert"] and story.phrase("is not open to you yet") in answer["text"], answer
    assert suite.value("select state from orders where id = %s", order) == "new"


def test_at_20_percent_it_is_everybodys(suite, story, phrase):
    suite.ctl.advance(seconds_to(suite, share(suite, story.second, "reaction", 19)))
    nobody_else_sees(suite, story, story.second)
    suite.ctl.advance(seconds_to(suite, share(suite, story.second, "reaction", 20)))
    for contractor in story.others:
        assert phrase(SECOND_TASK) in contractor.wait_for(f"№{story.second}", button=phrase("Take it")).text


def test_at_95_percent_the_managers_have_the_client_and_who_is_free(suite, story, phrase):
    assert not any(has_heard_of(manager, story.second) for manager in story.managers)
    suite.ctl.advance(seconds_to(suite, share(suite, story.second, "reaction", 95)))
    for manager in story.managers:
        alert = manager.wait_for(f"№{story.second}", button=phrase("I am on it"))
        assert phrase("nobody has taken it") in alert.text and clock(due_ms(suite, story.second, "reaction")) in alert.text
        assert story.client.name in alert.text and phrase("Daisy") in alert.text
        assert all(contractor.name in alert.text for contractor in story.contractors)
        assert phrase("Free contractors: {n}", n=3) in alert.text


def test_one_manager_is_on_it_and_the_other_sees_who(story, phrase):
    first, second = story.managers
    first.press(phrase("I am on it"), first.wait_for(f"№{story.second}", button=phrase("I am on it")))
    seen = second.wait_for(regex=f"№{story.second}(.|\n)*" + phrase("{who} is on it since {at}", who=first.name, at="[0-9]+:[0-9]+"))
    assert seen.data_of(phrase("I am on it")) is None


def test_the_manager_assigns_it(suite, story, phrase):
    manager, story.assigned = story.managers[0], story.others[0]
    manager.press(phrase("Assign a contractor"), manager.wait_for(f"№{story.second}", button=phrase("Assign a contractor")))
    answer = manager.press(story.assigned.name, manager.wait_for(phrase("Who takes order №{order}", order=story.second)))
    assert phrase("Assigned") in answer["text"]
    yours = story.assigned.wait_for(phrase("is assigned to you"))
    assert phrase(SECOND_TASK) in yours.text and clock(due_ms(suite, story.second, "confirm")) in yours.text
    told = story.client.wait_for(regex=f"№{story.second}.*" + phrase("is assigned to a contractor"))
    assert story.assigned.name not in told.text


def test_the_assigned_contractor_names_the_estimate(suite, story, phrase):
    taken_at = suite.value("select ms(taken_at) from orders where id = %s", story.second)
    two_hours = phrase("{n} h", n=2)
    story.assigned.press(phrase("Name the time"), story.assigned.wait_for(f"№{story.second}", button=phrase("Name the time")))
    story.assigned.press(two_hours, story.assigned.wait_for(f"№{story.second}", button=two_hours))
    told = story.client.wait_for(regex=f"№{story.second}.*" + phrase("the estimate is {time}", time=two_hours))
    assert due_ms(suite, story.second, "work") == taken_at + 2 * 3600000, "it counts from when the order was given"
    assert clock(taken_at + 2 * 3600000) in told.text


# ---- IV. an administrator changes a parameter ----

def test_the_next_order_obeys_the_parameter_set_through_the_api(suite, story, phrase):
    story.company.finishes(story.assigned, story.second, phrase("Here is the table"))
    story.company.accepted(story.client, story.second)
    with Panel(suite) as panel:
        panel.set(ASSIGNED_CONTRACTORS_TIME_LIMIT=50)

    story.third, _ = new_order(story, phrase(THIRD_TASK))
    story.winner.wait_for(f"№{story.third}", button=phrase("Take it"))
    suite.ctl.advance(seconds_to(suite, share(suite, story.third, "reaction", 49)))
    nobody_else_sees(suite, story, story.third)
    suite.ctl.advance(seconds_to(suite, share(suite, story.third, "reaction", 50)))
    for contractor in story.others:
        contractor.wait_for(f"№{story.third}", button=phrase("Take it"))


# ---- afterwards ----

def test_nobody_was_told_a_word_of_the_other_language(suite, story, phrase):
    names = names_of(suite)
    for person in (story.owner, story.client, *story.contractors, *story.managers):
        for words in (words for message in person.bot_messages() for words in (message.text, *message.buttons)):
            assert not foreign_words(phrase.language, without_names(words, names)), f"{person.name} was told: {words}"


def test_telegram_was_asked_nothing_it_does_not_know(suite, story):
    summary = suite.sim.summary()
    assert not summary.get("violations"), summary
    assert summary["stray_ampersands"] == 0, summary
