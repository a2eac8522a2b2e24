"""Goal: whatever is sent at whatever step has a sentence for an answer and no effect that was not meant"""
import pytest

from harness.waiting import wait_until

from .company import at_once

EMOJI = "👍🏽❤️🙏"
INVISIBLE = "\u200b\u2060\ufeff"
TURNED = "\u202eтяжалп\u202c"
HTML = "<b>жирно</b> & <a href='tg://user?id=1'>сюда</a> </i>"


@pytest.fixture(scope="module")
def company(company):
    company.has_no_limits(contractor=f"Подрядчик {TURNED}")
    company.new = company.orders(company.client, "Нужна новая страница")
    company.work = company.orders(company.client, "Нужна страница в работе")
    company.takes(company.contractor, company.work)
    company.done = company.orders(company.client, "Нужна готовая страница")
    company.takes(company.contractor, company.done)
    company.finishes(company.contractor, company.done, "Готово")
    company.closed = company.orders(company.client, "Нужна закрытая страница")
    company.takes(company.contractor, company.closed)
    company.finishes(company.contractor, company.closed, "Готово")
    company.client.tap(f"accept:{company.closed}:0")
    company.reach(company.closed, "closed")
    company.wait_settled()
    return company


# step: who, which order, the presses that lead there from the order's card
STEPS = {
    "add_details": ("client", "new", ["add:{order}"]),
    "cancel_reason": ("client", "new", ["cancel:{order}"]),
    "thread": ("client", "work", ["write:{order}"]),
    "rework": ("client", "done", ["rework:{order}"]),
    "review": ("client", "done", ["review:{order}", "stars:{order}:4"]),
    "rate": ("client", "closed", ["mark:{order}:4"]),
    "complain": ("client", "work", ["complain:{order}"]),
    "ask": ("contractor", "work", ["ask:{order}"]),
    "finish": ("contractor", "work", ["finish:{order}"]),
    "extend_reason": ("contractor", "work", ["extend:{order}", "extend_to:{order}:240"]),
    "extend_time": ("contractor", "work", ["extend:{order}", "extend_other:{order}:180"]),
    "give_back": ("contractor", "work", ["give_back:{order}"]),
    "take_estimate": ("contractor", "new", ["take:{order}", "take_other:{order}"]),
}


def step_of(suite, person):
    return suite.value("select step from chats where chat_id = %s", person.id)


def walk_to(suite, company, step):
    """The person, standing in that step."""
    who, which, presses = STEPS[step]
    person, order = getattr(company, who), getattr(company, which)
    before = person.mark()
    person.say(f"/start order_{order}")
    seen = person.see(presses[0].format(order=order), after=before)
    for press in presses:
        name = press.format(order=order)
        person.tap(name, seen if seen.press_named(name) else None)
    wait_until(lambda: step_of(suite, person) == step, 20, f"step {step}", lambda: step_of(suite, person))
    return person


def versions(suite):
    return suite.query("select id, version from orders order by id")


@pytest.mark.parametrize("step", STEPS)
def test_a_sticker_is_no_text_and_the_step_stays(suite, company, step):
    person = walk_to(suite, company, step)
    orders, before = versions(suite), person.mark()
    person.say(sticker=True)
    person.wait_for("ничего сделать не могу", after=before)
    assert step_of(suite, person) == step and versions(suite) == orders


@pytest.mark.parametrize("step", STEPS)
def test_the_way_out_of_every_step_changes_nothing(suite, company, step):
    person = walk_to(suite, company, step)
    orders, before = versions(suite), person.mark()
    person.say("/menu")
    person.wait_for("Главное меню", after=before)
    assert step_of(suite, person) == "" and versions(suite) == orders


def forwards(suite, person, text):
    """Telegram shows a forwarded message with its origin; here it is handed over as such an update."""
    suite.sim.post("update", message={
        "message_id": person.mark() + 100000, "date": 1, "text": text, "chat": {"id": person.id, "type": "private", "first_name": person.name},
        "from": {"id": person.id, "is_bot": False, "first_name": person.name, "language_code": "ru"},
        "forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 4711, "is_bot": False, "first_name": "Друг"}}})


def test_a_forwarded_command_is_no_command(suite, company):
    company.client.say("/menu")
    company.client.wait_for("Главное меню")
    before = company.client.mark()
    forwards(suite, company.client, "/new")
    asked = company.client.see("place_new", after=before)
    assert step_of(suite, company.client) == "loose"
    company.client.tap("drop", asked)


def begins_order(client):
    before = client.mark()
    client.say("/new")
    client.wait_for("Новый заказ", after=before)
    return client.mark()


def drops(client):
    client.say("/new")
    client.tap("drop")


@pytest.mark.parametrize("text", [EMOJI, INVISIBLE + "🙂", "?!..."])
def test_an_order_needs_words(suite, company, text):
    orders, before = versions(suite), begins_order(company.client)
    company.client.say(text)
    draft = company.client.wait_for("словами", after=before)
    assert not draft.press_named("send")
    answer = company.client.press_data("send", draft, stale=True)
    assert "словами" in answer["text"] and versions(suite) == orders
    company.client.tap("drop", draft)


def test_an_album_of_ten_is_one_order_of_ten_pictures(suite, company):
    before = begins_order(company.client)
    company.client.say(media_group=[{"photo": True}] * 10, caption="Нужны десять картинок")
    draft = company.client.wait_for("Вложений: 10", button="Отправить", after=before)
    company.client.press("Отправить", draft)
    order = wait_until(lambda: company.order_of("Нужны десять картинок"), 20, "the order")
    assert suite.value("select cardinality(files) from order_messages where order_id = %s", order) == 10


def test_what_looks_like_html_is_shown_as_it_was_written(suite, company):
    order = company.orders(company.client, HTML)
    assert HTML in company.contractor.wait_for(f"№{order}", button="Взять").text


def test_direction_marks_do_not_turn_our_own_words(suite, company):
    order = company.orders(company.client, f"Нужен {TURNED} сегодня")
    offer = company.contractor.wait_for(f"№{order}", button="Взять")
    assert "\u202e" not in offer.text and "Нужен тяжалп сегодня" in offer.text
    assert suite.value("select text from order_messages where order_id = %s", order) == f"Нужен {TURNED} сегодня", "it is kept as written"


def test_send_pressed_twice_at_once_makes_one_order(suite, company):
    before = begins_order(company.client)
    company.client.say("Нужен один-единственный заказ")
    draft = company.client.wait_for("один-единственный", button="Отправить", after=before)
    answers = at_once([lambda: company.client.press_data("send", draft, stale=True)] * 2)
    assert all(answer["text"] for answer in answers), answers
    assert sum("уже" in answer["text"] for answer in answers) == 1, answers
    wait_until(lambda: company.order_of("Нужен один-единственный заказ"), 20, "the order")
    assert suite.value("select count(*) from order_messages where text = 'Нужен один-единственный заказ'") == 1


def test_two_devices_write_one_draft(suite, company):
    before = begins_order(company.client)
    at_once([lambda: company.client.say("Пишу с телефона"), lambda: company.client.say("Пишу с компьютера"),
             lambda: company.client.press_data("new_order", company.client.last(), stale=True)])
    wait_until(lambda: any("с телефона" in m.text and "с компьютера" in m.text for m in company.client.bot_messages() if m.id > before),
               20, "both to be in the draft")
    drops(company.client)


def test_ten_thousand_characters_at_once_are_kept_whole(suite, company):
    before = begins_order(company.client)
    text = "Много слов. " * 833
    company.client.say(text)
    wait_until(lambda: suite.value("select length(drafts -> 'client' ->> 'parts') from chats where chat_id = %s", company.client.id) > 9000, 20, "all parts")
    company.client.press("Отправить", company.client.wait_for(button="Отправить", after=before))
    order = wait_until(lambda: suite.value("select order_id from order_messages where kind = 'task' and length(text) > 9000"), 20, "the order")
    assert len(company.contractor.wait_for(f"№{order}", button="Взять").text.encode("utf-16-le")) // 2 <= 4096


def test_telegram_was_asked_nothing_it_does_not_know(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations"), suite.sim.summary()
    suite.ctl("check")
