"""Goal: what a client and a contractor are promised to see and may do by themselves, each thing once"""
import pytest

from harness.waiting import wait_until

from .company import PAID, WAIT_S, Panel

FEW = {"name": "Два заказа", "orders_per_month": 2, "reaction_minutes": 60, "price_minor": 0, "may_pin": True,
       "sees_contacts": False, "open_orders": 5, "rate_minor": 50000, "on_sale": True}
PAGE = 8  # rows of a list


@pytest.fixture(scope="module")
def company(company):
    company.has_no_limits()
    company.second = company.joins(22, "Подрядчик 2", "contractor")
    return company


# ---- clients ----

def test_four_examples_of_good_orders_are_shown(suite, company):
    asked = company.client.opens("/new", "Новый заказ")
    examples = [row[0] for row in suite.query("select text from example_orders where language = 'ru'")]
    assert len(examples) == 4 and all(example in asked.text for example in examples), asked.text
    company.client.tap("drop", asked)


def test_a_voice_message_is_part_of_an_order(suite, company):
    before = company.client.opens("/new", "Новый заказ").id
    company.client.say("Нужно то, что я наговорил")
    company.client.say(voice=True)
    draft = company.client.wait_for("Вложений: 1", button="Отправить", after=before)
    company.client.press("Отправить", draft)
    order = wait_until(lambda: company.order_of("Нужно то, что я наговорил"), WAIT_S, "the order")
    assert suite.value("select cardinality(files) from order_messages where order_id = %s", order) == 1
    company.contractor.wait_for(f"№{order}", button="Вложения")


def test_details_are_added_before_it_is_taken_and_the_offers_show_them(company):
    order = company.orders(company.client, "Нужна вывеска")
    company.client.tap(f"add:{order}")
    company.client.wait_for("Что добавить")
    company.client.say("Буквы синие")
    company.client.wait_for(f"Добавлено к заказу №{order}")
    company.contractor.wait_for("Буквы синие", button="Взять")
    company.takes(company.contractor, order)


def test_one_order_left_and_none_are_told_with_a_button_that_asks_for_more(suite, company):
    with Panel(suite) as panel:
        tariff = panel.ask("POST", "tariffs", FEW)["id"]
    company.few, = company.crowd_joins(13, ["Клиент 3"], "client", tariff_id=tariff)
    for left in (1, 0):
        before = company.few.mark()
        company.orders(company.few, f"Нужно, останется {left}")
        company.few.wait_for(f"Осталось заказов в этом месяце: {left}",
                             button="Попросить больше", after=before)


def test_the_tariff_says_what_is_left_and_until_when(company):
    company.few.opens("/menu", "Главное меню")
    company.few.tap("tariff")
    shown = company.few.wait_for("Два заказа", button="Попросить больше")
    assert "Осталось" in shown.text and ": 0" in shown.text and "31" in shown.text and "2036" in shown.text, repr(shown.text)


def test_several_are_pinned_and_unpinned_and_it_shows_who_is_busy(company):
    anna = company.joins(14, "Клиент 4", "client", tariff="VIP", paid_until=PAID)
    for contractor in (company.contractor, company.second):
        order = company.orders(anna, f"Нужно для {contractor.name}")
        company.takes(contractor, order)
        company.finishes(contractor, order, "Готово")
        company.accepted(anna, order)
    anna.opens("/menu", "Главное меню")
    anna.tap("pins")
    for contractor in (company.contractor, company.second):
        assert anna.press(contractor.name, anna.wait_for(button=contractor.name))["text"] == "Закреплён"
    anna.wait_for(button="📌 Подрядчик 1")
    shown = anna.wait_for(button="📌 Подрядчик 2 · свободен")
    assert anna.press("Подрядчик 2", shown)["text"] == "Откреплён"
    wait_until(lambda: "Подрядчик 2 · свободен" in anna.wait_for(button="📌 Подрядчик 1").buttons, WAIT_S,
               "the second to be pinned no more", lambda: anna.last().buttons)


def test_the_contact_comes_with_the_news_that_it_is_taken_where_the_tariff_grants_it(company):
    company.vip = company.joins(15, "Клиент 5", "client", tariff="VIP", paid_until=PAID)
    company.third = company.joins(23, "Подрядчик 3", "contractor")
    company.only = company.orders(company.vip, "Нужно знать, кто делает")
    company.takes(company.third, company.only)
    told = company.vip.wait_for("взят в работу")
    assert company.third.name in told.text and str(company.third.id) in str(told["entities"])


# ---- contractors ----

def test_open_orders_are_listed_with_age_time_left_rate_and_task_by_pages(suite, company):
    for n in range(PAGE + 1):
        company.orders(company.client, f"Нужна страница {n}")
    listed = company.contractor.opens("/open", "можно взять")
    first = listed.text.split("\n\n")[1]
    assert "ждёт" in first and "осталось" in first and "500\u00a0₽" in first and "Нужн" in first, listed.text
    assert listed.text.count("№") == PAGE
    company.contractor.press("▶", listed)
    second = company.contractor.wait_for("можно взять", button="2 / 2")
    assert second.id == listed.id and second.text != listed.text


@pytest.fixture
def one_at_once(suite):
    with Panel(suite) as panel:
        panel.set(CONTRACTOR_MAX_ORDERS=1)
        yield
        panel.set(CONTRACTOR_MAX_ORDERS=20)


def test_no_more_at_once_than_the_parameter_says(company, one_at_once):
    company.next = company.orders(company.client, "Нужно и это сразу")
    answer = company.third.press_data(f"take_for:{company.next}:3", company.third.last(), stale=True)
    assert "уже столько заказов, сколько разрешено: 1" in answer["text"] and answer["show_alert"], answer
    assert company.state(company.next) == "new"


def test_what_is_done_counts_as_open_for_nobody(company, one_at_once):
    """A VIP has one order open at once; the contractor may have one, too."""
    company.vip.say("/new")
    company.vip.wait_for("Напишите сейчас, а отправьте, когда один из них будет выполнен")
    company.vip.say("Нужно второе")
    draft = company.vip.wait_for("Нужно второе", button="Отправить")
    company.vip.press("Отправить", draft)
    company.vip.wait_for("одновременно", button="Попросить больше")
    company.finishes(company.third, company.only, "Готово")
    company.vip.press("Отправить", company.vip.wait_for("Нужно второе", button="Отправить"))
    wait_until(lambda: company.order_of("Нужно второе"), WAIT_S, "the next order beside the one that is done")
    company.third.press_data(f"take_for:{company.next}:3", company.third.last(), stale=True)
    company.reach(company.next, "in_work")


def test_another_time_than_those_offered_can_be_typed(suite, company):
    order = company.orders(company.client, "Нужно за полтора часа")
    company.contractor.tap(f"take:{order}")
    company.contractor.tap(f"take_other:{order}")
    company.contractor.wait_for(f"За сколько сделаете заказ №{order}")
    company.contractor.say("1,5")
    company.reach(order, "in_work")
    assert suite.value("select estimate_minutes from orders where id = %s", order) == 90


def test_a_report_may_have_a_picture(suite, company):
    order = company.orders(company.client, "Нужно показать, что сделано")
    company.takes(company.contractor, order)
    company.contractor.tap(f"finish:{order}")
    company.contractor.say("Вот так теперь выглядит", photo=True)
    company.reach(order, "done")
    company.client.wait_for("Вот так теперь выглядит", button="5 ⭐")
    files = suite.value("select files from order_messages where order_id = %s and kind = 'report'", order)
    assert sum(line.startswith("photo") for line in files) == 1, files


def test_away_and_back_on_duty_by_a_button(suite, company):
    def on_duty():
        return suite.value("select on_duty from person_facts where telegram_id = %s", company.second.id)
    company.second.press("До завтра", company.second.opens("/duty", "Вы на смене"))
    wait_until(lambda: not on_duty(), WAIT_S, "the contractor to be away")
    before = company.second.mark()
    order = company.orders(company.client, "Нужно, пока его нет")
    company.contractor.wait_for(f"№{order}", button="Взять")
    company.wait_settled()
    assert not any(m.press_named(f"take:{order}") for m in company.second.bot_messages() if m.id > before), "nothing new came meanwhile"
    company.second.tap("on_duty")
    wait_until(on_duty, WAIT_S, "the contractor to be back")


# ---- everybody ----

def test_the_button_that_shares_the_number_goes_once_it_is_used_or_left(suite, company):
    shares, leaves = company.joins(31, "Подрядчик 3", "contractor"), company.joins(32, "Подрядчик 4", "contractor")
    for person in shares, leaves:
        wait_until(person.keyboard, WAIT_S, f"{person.name} to be offered to share the number")
    shares.share_phone("+79161234567")
    shares.wait_for("номер записан")
    leaves.say("/menu")
    menu = leaves.wait_for("Главное меню")
    assert leaves.wait_for("без номера телефона").id < menu.id
    assert not shares.keyboard() and not leaves.keyboard()
    before = leaves.mark()
    leaves.say("/menu")
    leaves.wait_for("Главное меню", after=before)
    company.wait_settled()
    assert len([m for m in leaves.bot_messages() if "без номера" in m.text]) == 1, "it is said once"
    assert suite.query("select telegram_id, phone from people where telegram_id in (31, 32) order by 1") == [(31, "+79161234567"), (32, None)]


def test_the_language_is_changed_by_a_button_and_menus_follow(suite, company):
    def commands():
        return [command["description"] for command in suite.sim.get(f"chats/{company.second.id}")["commands"]]
    company.second.press("English", company.second.opens("/language", "На каком языке"))
    company.second.wait_for("Main menu", button="My work")
    wait_until(lambda: "Orders that can be taken" in commands(), WAIT_S, "the commands in English", commands)
    company.second.press("Русский", company.second.opens("/language", "Which language"))
    company.second.wait_for("Главное меню", button="Моя работа")
    wait_until(lambda: "Заказы, которые можно взять" in commands(), WAIT_S, "the commands in Russian", commands)


def test_who_is_addressed_in_two_roles_gets_one_message(suite, company):
    boss = company.joins(41, "Владелец", "owner")
    company.accepts(boss, company.ctl.invite("manager"))
    before = boss.mark()
    stranger = suite.sim.person(51, "Прохожий", language_code="ru")
    stranger.start()
    stranger.tap("apply:2")
    stranger.tap("apply_now")
    boss.wait_for("Заявка", after=before)
    company.wait_settled()
    assert len([m for m in boss.bot_messages() if m.id > before and "Заявка" in m.text]) == 1


def test_everything_still_adds_up(suite, company):
    company.wait_settled()
    assert not suite.sim.summary().get("violations"), suite.sim.summary()
    assert "found: 0" in suite.ctl("check")
