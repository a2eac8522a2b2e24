// scenes.js - what each picture shows: one role's minute, played with the other roles off camera
//
// Whoever orders here has no open order in the demo's history, and each task is new: words are looked for in the whole chat.

const orders = async (client, task) => {
  await client.commands('/new');
  await client.writes(task);
  await client.presses('Отправить');
  await client.sees('Возьмём в работу до');
};

export const scenes = [
  {
    name: 'client',
    who: 'Клиент 2',
    async play(camera, open) {
      const contractor = await open('Подрядчик 7');
      await camera.telephone.commands('/menu');
      await camera.sees('Главное меню', 1000);
      await camera.presses('Новый заказ');
      await camera.sees('Напишите, что нужно сделать', 1200);
      await camera.writes('Поменяйте, пожалуйста, цвет шапки сайта на синий');
      await camera.sees('Ваш заказ', 900);
      await camera.presses('Отправить');
      await camera.sees('Возьмём в работу до', 1500);
      await contractor.sees('цвет шапки');
      await contractor.presses('Взять');
      await contractor.presses(/^3 ч/);
      await camera.sees('взят в работу', 1500);
      await contractor.presses('Сдать работу');
      await contractor.writes('Шапка синяя на всех страницах, проверено на телефоне.');
      await camera.sees('Примите работу', 1800);
      await camera.presses(/^5/);
      await camera.sees('★★★★★', 2000);
    },
  },
  {
    name: 'contractor',
    who: 'Подрядчик 8',
    async play(camera, open) {
      const client = await open('Клиент 3');
      await orders(client, 'Нужен баннер «Скидки до пятницы» на главную страницу');
      await camera.sees('Скидки до пятницы', 1800);
      await camera.presses('Взять');
      await camera.holds(1100);
      await camera.presses(/^3 ч/);
      await camera.sees('Сделать до', 1600);
      await camera.presses('Сдать работу');
      await camera.sees('что сделано', 900);
      await camera.writes('Баннер на месте, ведёт на страницу скидок.');
      await camera.sees('сдан', 1400);
      await client.sees('Примите работу');
      await client.presses(/^5/);
      await camera.sees('принят и закрыт', 2200);
    },
  },
  {
    name: 'manager',
    who: 'Менеджер 1',
    async play(camera, open) {
      const client = await open('Клиент 3');
      await orders(client, 'На сайте не открывается корзина');
      await camera.holds(900);
      await camera.page.getByRole('button', { name: '+1 ч', exact: true }).click();
      await camera.sees('корзина', 2600);
      await camera.presses('🙋');
      await camera.sees(/Взял Менеджер 1|Вы этим занимаетесь/, 1600);
      await camera.presses('👤');
      await camera.sees('Кому', 2000);
      await camera.presses('Подрядчик 12');
      await camera.holds(2600);
    },
  },
  {
    name: 'owner',
    who: 'Владелец',
    async play(camera) {
      await camera.telephone.commands('/menu');
      await camera.sees('Главное меню', 1500);
      await camera.presses('Отчёты');
      await camera.sees('Выплаты', 1800);
      await camera.presses('Месяцем раньше');
      await camera.sees('Отчёт', 2600);
      await camera.presses('График');
      await camera.pictureComes(4000);
    },
  },
];
