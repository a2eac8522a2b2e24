"""Goal: a client asks for a larger tariff; a manager passes it on, an owner grants it with two presses, and whoever declines can say why"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S


@pytest.fixture(scope="module")
def company(company):
    company.owner = company.joins(4701, "Владелец", "owner")
    company.managers = [company.joins(4711 + n, f"Менеджер {n + 1}", "manager") for n in range(2)]
    company.client = company.joins(4721, "Клиент 1", "client", tariff="Эконом", paid_until=PAID)
    return company


def asks(company):
    """The managers' cards."""
    marks = [manager.mark() for manager in company.managers]
    company.client.say("/menu")
    company.client.press("Тариф")
    company.client.tap("upgrade")
    return [manager.wait_for("просит тариф побольше", button="Отклонить", after=mark) for manager, mark in zip(company.managers, marks)]


def tariff_of(suite, client):
    return suite.value("select t.name from person_facts p join accounts a on a.id = p.account_id join tariffs t on t.id = a.tariff_id "
                       "where p.telegram_id = %s", client.id)


def test_a_manager_passes_it_on_to_the_owner(company):
    company.cards = asks(company)
    assert all("Сейчас: Эконом" in card.text and "Клиент 1" in card.text for card in company.cards)
    assert not any(card.data_of("Выбрать тариф") for card in company.cards), "a manager moves no account"
    assert not any("тариф побольше" in m.text for m in company.owner.bot_messages())
    company.managers[0].press("Владельцам", company.cards[0])
    company.owner.wait_for("просит тариф побольше", button="Выбрать тариф")
    for manager, card in zip(company.managers, company.cards):
        seen = manager.wait_for(regex=r"Владельцам передал\(а\) Менеджер 1, [0-9]+:[0-9]+")
        assert seen.id == card.id and seen.data_of("Отклонить") and not seen.data_of("Владельцам")


def test_it_is_passed_on_once(company):
    manager, card = company.managers[1], company.cards[1]
    answer = manager.press_data(card.data_of("Владельцам"), manager.wait_for("Владельцам передал"), stale=True)
    assert "уже у владельцев" in answer["text"], answer


def test_the_owner_chooses_the_tariff_and_everybody_sees_it(suite, company):
    asked = company.owner.wait_for("просит тариф побольше", button="Выбрать тариф")
    company.owner.press("Выбрать тариф", asked)
    choice = company.owner.wait_for(button="VIP", after=asked.id)
    assert not choice.data_of("существующий"), "the account stays"
    company.owner.press("VIP", choice)
    company.client.wait_for("Теперь ваш тариф – VIP")
    assert tariff_of(suite, company.client) == "VIP"
    for person, card in [(company.owner, asked), *zip(company.managers, company.cards)]:
        seen = person.wait_for(regex=r"просил\(а\) тариф побольше(.|\n)*Владелец, [0-9]+:[0-9]+: VIP")
        assert seen.id == card.id and not seen.buttons
    company.client.say("/menu")
    company.client.wait_for("Тариф «VIP»")


def test_a_manager_declines_and_says_why(suite, company):
    cards = asks(company)
    company.managers[1].press("Отклонить", cards[1])
    company.managers[1].wait_for("Почему нет?", button="Без пояснений")
    company.managers[1].say("Больше <VIP> у нас нет")
    told = company.client.wait_for(regex=r"тариф побольше отклонён(.|\n)*Больше <VIP> у нас нет", button="Написать менеджерам")
    assert "Менеджер 2" not in told.text
    for manager, card in zip(company.managers, cards):
        seen = manager.wait_for(regex=r"Отклонено: Менеджер 2, [0-9]+:[0-9]+(.|\n)*Больше <VIP> у нас нет")
        assert seen.id == card.id and not seen.buttons
    assert tariff_of(suite, company.client) == "VIP"


def test_or_says_nothing_and_comes_too_late(company):
    cards = asks(company)
    for manager, card in zip(company.managers, cards):
        manager.press("Отклонить", card)
    first, second = [manager.wait_for("Почему нет?", button="Без пояснений", after=card.id) for manager, card in zip(company.managers, cards)]
    mark = company.client.mark()
    company.managers[0].press("Без пояснений", first)
    assert company.client.wait_for("тариф побольше отклонён", after=mark).text.endswith("отклонён.")
    answer = company.managers[1].press_data(second.data_of("Без пояснений"), second, stale=True)
    assert "уже ответили" in answer["text"], answer


@pytest.mark.parametrize("why, who, command, more", [
    ("not_your_role", "manager", "upgrade.close", {"outcome": "granted", "tariff_id": 1}),
    ("not_your_role", "client", "upgrade.pass_on", {}),
    ("no_such_tariff", "owner", "upgrade.close", {"outcome": "granted", "tariff_id": 10**9}),
    ("bad_value", "owner", "upgrade.close", {"outcome": "declined", "tariff_id": 1}),
    ("bad_value", "owner", "upgrade.close", {"outcome": "granted", "text": "Пожалуйста"}),
    ("bad_value", "owner", "upgrade.close", {"outcome": "later"}),
    ("text_too_long", "owner", "upgrade.close", {"outcome": "declined", "text": "я" * 2001}),
])
def test_what_is_refused(suite, company, bus, why, who, command, more):
    if not suite.query("select 1 from upgrade_requests where closed_at is null"):
        assert bus.ask("upgrade.request", {}, f"tg:{company.client.id}")["outcome"] == "ok"
    number = suite.value("select id from upgrade_requests where closed_at is null")
    person = {"manager": company.managers[0]}.get(who) or getattr(company, who)
    assert bus.ask(command, {"request_id": number, **more}, f"tg:{person.id}")["refusal"] == why


def test_the_end(suite, company, bus):
    number = suite.value("select id from upgrade_requests where closed_at is null")
    assert bus.ask("upgrade.close", {"request_id": number, "outcome": "declined"}, f"tg:{company.owner.id}")["outcome"] == "ok"
    for command, more in (("upgrade.pass_on", {}), ("upgrade.close", {"outcome": "declined"})):
        assert bus.ask(command, {"request_id": number, **more}, f"tg:{company.owner.id}")["refusal"] == "upgrade_gone"
    company.wait_settled()
    wait_until(lambda: suite.value("select count(*) from notices n join deliveries d on d.notice_id = n.id "
                                   "where n.kind = 'upgrade_answered' and d.state not in ('sent', 'moot')") == 0, WAIT_S, "every copy to say so")
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
