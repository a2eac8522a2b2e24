"""Goal: who is removed, blocks the bot, presses twice or uses two telephones at once does no harm and reads a sentence"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S, at_once

OWNER, MANAGER = 1, 31


@pytest.fixture(scope="module")
def company(company):
    company.has_no_limits()
    company.joins(OWNER, "Владелец", "owner")
    company.second = company.joins(22, "Подрядчик 2", "contractor")
    company.manager = company.joins(MANAGER, "Менеджер 1", "manager")
    return company


@pytest.fixture
def person_is(suite, bus):
    """person_is("removed", somebody, "client"): the owner takes a role, or restores it. Who has lost it reads so; by then the bot knows it."""
    def change(what, person, role):
        mark = person.mark()
        number = suite.value("select id from people where telegram_id = %s", person.id)
        answer = bus.ask({"removed": "person.remove", "restored": "person.restore"}[what], {"person_id": number, "role": role}, f"tg:{OWNER}")
        assert answer["outcome"] == "ok", answer
        if what == "removed":
            person.wait_for("С вас снята роль", after=mark)
    return change


def begins_order(client, text):
    client.say("/new")
    client.wait_for("Новый заказ")
    client.say(text)
    return client.wait_for(text, button="Отправить")


def events(suite, order, event):
    return suite.value("select count(*) from order_events where order_id = %s and event = %s", order, event)


# ---- removed in mid-dialog ----

def test_a_client_removed_while_writing_an_order_sends_nothing(suite, company, person_is):
    anna = company.joins(12, "Клиент 2", "client", tariff="VIP", paid_until=PAID)
    draft = begins_order(anna, "Нужен заказ, который никто не ждёт")
    person_is("removed", anna, "client")
    answer = anna.press("Отправить", draft)
    assert "приглаш" in answer["text"] and answer["show_alert"], answer
    before = anna.mark()
    anna.say("И ещё кое-что")
    anna.wait_for("больше не участник", after=before)
    assert company.order_of("Нужен заказ, который никто не ждёт") is None


def test_a_contractor_removed_while_reporting_reports_nothing(suite, company, person_is):
    order = company.orders(company.client, "Нужен отчёт, который не дописан")
    company.takes(company.second, order)
    company.second.tap(f"finish:{order}")
    company.second.wait_for("что сделано")
    person_is("removed", company.second, "contractor")
    before = company.second.mark()
    company.second.say("Всё готово")
    company.second.wait_for("больше не участник", after=before)
    company.reach(order, "new")
    assert not events(suite, order, "finish") and not suite.value("select count(*) from order_messages where text = 'Всё готово'")
    person_is("restored", company.second, "contractor")


def test_a_manager_removed_while_giving_a_reason_moves_nothing(suite, company, person_is):
    order = company.orders(company.client, "Нужно, чтобы никто не отменил")
    company.manager.say(f"/start order_{order}")
    company.manager.tap(f"call_off:{order}")
    company.manager.wait_for("Почему?")
    person_is("removed", company.manager, "manager")
    before = company.manager.mark()
    company.manager.say("Передумали")
    company.manager.wait_for("больше не участник", after=before)
    assert company.state(order) == "new"
    person_is("restored", company.manager, "manager")


# ---- gone while an offer is under way ----

def test_who_blocks_the_bot_over_an_offer_holds_nobody_up_and_reads_on_return_who_was_faster(suite, company):
    order = company.orders(company.client, "Нужно, пока один ушёл")
    hours = company.second.tap(f"take:{order}") and company.second.see(f"take_for:{order}:3")
    company.second.block()
    wait_until(lambda: not suite.value("select reachable from people where telegram_id = %s", company.second.id), WAIT_S, "the block to be known")
    company.takes(company.contractor, order)
    company.client.wait_for(f"№{order}", regex="взят в работу")
    company.second.unblock()
    wait_until(lambda: suite.value("select reachable from people where telegram_id = %s", company.second.id), WAIT_S, "the return to be known")
    late = company.second.press_data(f"take_for:{order}:3", hours, stale=True)
    assert "взят в" in late["text"] and late["show_alert"], late
    assert events(suite, order, "take") == 1


# ---- twice at once, or on two devices ----

def test_take_pressed_twice_takes_once(suite, company):
    order = company.orders(company.client, "Нужно взять двумя пальцами")
    company.contractor.tap(f"take:{order}")
    hours = company.contractor.see(f"take_for:{order}:3")
    answers = at_once([lambda: company.contractor.press_data(f"take_for:{order}:3", hours, stale=True)] * 2)
    assert sum("Заказ ваш" in answer["text"] for answer in answers) == 1 and all(answer["text"] for answer in answers), answers
    assert events(suite, order, "take") == 1
    company.work = order


def test_two_devices_of_a_contractor_promise_one_time(suite, company):
    order = company.orders(company.client, "Нужно взять с двух телефонов")
    company.contractor.tap(f"take:{order}")
    hours = company.contractor.see(f"take_for:{order}:3")
    answers = at_once([lambda time=time: company.contractor.press_data(f"take_for:{order}:{time}", hours, stale=True) for time in (1, 3)])
    assert sum("Заказ ваш" in answer["text"] for answer in answers) == 1 and all(answer["text"] for answer in answers), answers
    assert suite.value("select estimate_minutes from orders where id = %s", order) in (60, 180) and events(suite, order, "take") == 1


def test_accept_pressed_twice_pays_once(suite, company):
    company.finishes(company.contractor, company.work, "Готово")
    card = company.client.see(f"accept:{company.work}:5")
    answers = at_once([lambda: company.client.press_data(f"accept:{company.work}:5", card, stale=True)] * 2)
    assert all(answer["text"] for answer in answers), answers
    company.reach(company.work, "closed")
    assert suite.value("select count(*) from payout_entries where order_id = %s", company.work) == 1


def test_one_link_opened_by_two_at_once_lets_one_in(suite, company):
    link = company.ctl.invite("contractor")
    people = [suite.sim.person(901 + n, f"Кто-то {n + 1}", language_code="ru") for n in range(2)]
    for person in people:
        person.start(link)
        person.see("join")
    answers = at_once([lambda person=person: person.tap("join") for person in people])
    assert sum("уже воспользовались" in answer["text"] for answer in answers) == 1, answers
    assert suite.value("select count(*) from people where telegram_id in (901, 902)") == 1


def test_everything_still_adds_up(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations"), suite.sim.summary()
    assert "found: 0" in suite.ctl("check")
