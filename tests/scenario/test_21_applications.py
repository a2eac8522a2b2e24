"""Goal: somebody nobody has invited may apply once; managers and owners let them in or not, all of them see who has, and the answer arrives"""
import pytest

from harness.waiting import wait_until

from .bus import BusClient
from .company import WAIT_S

OWNER, MANAGER = 1, 31
DAY_MS = 24 * 3600 * 1000


@pytest.fixture(scope="module")
def company(suite, company):
    company.owner = company.joins(OWNER, "Владелец", "owner")
    company.manager = company.joins(MANAGER, "Менеджер 1", "manager")
    return company


def roles_of(suite, person):
    return suite.value("select coalesce(max(roles), 0) from person_facts where telegram_id = %s", person.id)


def applies(person, role, words=None):
    """Start, the button, a word about oneself; what the bot says to it."""
    person.start()
    person.tap(f"apply:{role}")
    before = person.mark()
    if words:
        person.say(words)
    else:
        person.tap("apply_now")
    return before


def sees_who_decided(boss, card, words):
    """In the place of the card that asked, and nobody can decide again."""
    seen = boss.wait_for(regex=rf"{words}, [0-9]+:[0-9]+")
    assert seen.id == card.id and not seen.buttons, seen


def test_an_applying_contractor_is_let_in_with_one_press(suite, company):
    ivan = suite.sim.person(2001, "Подрядчик 1", language_code="ru")
    ivan.start()
    begin = ivan.wait_for("по приглашениям")
    assert begin.buttons == ["🙋 Мне нужна ИТ-помощь", "🛠 Хочу у вас работать"]
    ivan.press("Хочу у вас работать")
    asked = ivan.wait_for("Кто вы?")
    assert "служба хранит ваше имя" in asked.text, "nobody is kept who has not been told what is kept"
    assert suite.value("select count(*) from people where telegram_id = 2001") == 0, "and nothing is, before that"
    ivan.say("Чиню <b>сайты</b> десять лет")
    ivan.wait_for("Заявка у менеджеров")
    cards = [boss.wait_for("Заявка", button="Принять") for boss in (company.owner, company.manager)]
    for card in cards:
        assert "Подрядчик 1" in card.text and "подрядчик" in card.text and "Чиню <b>сайты</b> десять лет" in card.text
    assert suite.query("select privacy_version, privacy_at is not null from people where telegram_id = 2001") == [(1, True)]
    assert company.manager.press("Принять", cards[1])["text"] == "Одобрено: человек извещён"
    ivan.wait_for("теперь подрядчик")
    assert roles_of(suite, ivan) == 2
    company.owner.wait_for("С вами теперь Подрядчик 1")
    assert suite.query("select outcome, decided_by from applications where person_id = (select id from people where telegram_id = 2001)") \
        == [("approved", f"tg:{MANAGER}")]
    for boss, card in zip((company.owner, company.manager), cards):
        sees_who_decided(boss, card, r"Чиню <b>сайты</b> десять лет(.|\n)*Одобрено: Менеджер 1")
    late = company.owner.press_data(cards[0].press_named("approve"), cards[0], stale=True)
    assert "уже ответили" in late["text"], "whoever comes second reads so"


def test_the_declined_read_so_and_may_come_again_in_a_month(suite, company):
    petr = suite.sim.person(2002, "Contractor 2", language_code="en")
    applies(petr, 2, "Let me in")
    cards = [boss.wait_for("Let me in", button="Отклонить") for boss in (company.owner, company.manager)]
    company.manager.press("Отклонить", cards[1])
    for boss, card in zip((company.owner, company.manager), cards):
        sees_who_decided(boss, card, r"Let me in(.|\n)*Отклонено: Менеджер 1")
    petr.wait_for("you can apply again in a month")
    assert roles_of(suite, petr) == 0
    before = applies(petr, 2, "Please")
    petr.wait_for("You can apply again on", after=before)
    suite.ctl.advance("744h")
    before = applies(petr, 2, "Please, please")
    petr.wait_for("The managers have your application", after=before)


def test_an_applying_client_gets_a_tariff_and_the_owner_sees_to_the_payment(suite, company):
    anna = suite.sim.person(1001, "Client 1", language_code="en")
    applies(anna, 1)
    anna.wait_for("The managers have your application")
    company.owner.press("Принять", company.owner.wait_for("Client 1", button="Принять"))
    company.owner.press("VIP", company.owner.wait_for("На каком тарифе?"))
    account = company.owner.wait_for("Client 1", button="Оплачено до")
    assert "Тариф: VIP, ещё не оплачен" in account.text
    anna.wait_for("You are a client now")
    company.owner.press("Оплачено до", account)
    company.owner.press("+ 1 год", company.owner.wait_for("На сколько продлить?"))
    company.owner.wait_for("Тариф: VIP, оплачен до")
    order = company.orders(anna, "The printer does not print")
    assert company.state(order) == "new"


def test_a_manager_puts_a_client_into_an_existing_account(suite, company):
    before = suite.value("select count(*) from accounts")
    boris = suite.sim.person(1002, "Клиент 2", language_code="ru")
    applies(boris, 1, "Я из той же компании")
    company.manager.press("Принять", company.manager.wait_for("той же компании", button="Принять"))
    company.manager.press("В существующий счёт", company.manager.wait_for("На каком тарифе?"))
    company.manager.press("Client 1", company.manager.wait_for("В какой счёт?"))
    company.manager.wait_for("Одобрено. Человек извещён")
    boris.wait_for("теперь клиент")
    assert suite.value("select count(*) from accounts") == before
    assert suite.value("select count(distinct account_id) from person_facts where telegram_id in (1001, 1002)") == 1


def test_one_application_each_and_not_too_many_of_all(suite, company):
    vera = suite.sim.person(2003, "Подрядчик 3", language_code="ru")
    applies(vera, 2, "Раз")
    vera.wait_for("Заявка у менеджеров")
    with BusClient(suite.folder / "bus") as bus:
        again = {"role": "client", "name": "Подрядчик 3", "privacy_version": 1}
        assert bus.ask("application.send", again, "tg:2003")["refusal"] == "application_waits"
        assert bus.ask("application.send", {**again, "role": "owner"}, "tg:2009")["refusal"] == "bad_value"
        assert bus.ask("application.send", again, f"tg:{OWNER}")["refusal"] == "has_role"
        for n in range(suite.value("select count(*) from applications where decided_at is null"), 200):
            assert bus.ask("application.send", {**again, "name": f"Клиент {n}"}, f"tg:{50000 + n}")["outcome"] == "ok"
        assert bus.ask("application.send", again, "tg:60000")["refusal"] == "applications_full"
        number = suite.value("select id from applications where person_id = (select id from people where telegram_id = 2003)")
        assert bus.ask("application.decide", {"application_id": number, "outcome": "approved"}, "tg:2001")["refusal"] == "not_your_role"
        assert bus.ask("application.decide", {"application_id": number, "outcome": "maybe"}, f"tg:{OWNER}")["refusal"] == "bad_value"
        assert bus.ask("application.decide", {"application_id": 10**9, "outcome": "approved"}, f"tg:{OWNER}")["refusal"] == "application_gone"
        assert bus.ask("application.decide", {"application_id": number, "outcome": "approved", "tariff_id": 1}, f"tg:{OWNER}")["refusal"] == "bad_value"


def test_a_link_answers_an_application_too(suite, company):
    company.accepts(suite.sim.person(2003, "Подрядчик 3", language_code="ru"), company.ctl.invite("contractor"))
    wait_until(lambda: suite.value("select outcome from applications a join people p on p.id = a.person_id where p.telegram_id = 2003") == "approved",
               WAIT_S, "the application to be answered by the link")
    for boss in company.owner, company.manager:
        assert not boss.wait_for(regex=r"Подрядчик 3(.|\n)*Одобрено: по ссылке, [0-9]+:[0-9]+").buttons
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
