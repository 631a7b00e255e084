import type { Messages } from './keys.js';

// Unreviewed draft: a translator of the force has yet to read it.
export const messages: Messages = {
  title: 'Pliki cookie w tej witrynie',
  controller: 'Podmiot odpowiedzialny za tę witrynę: {name}',
  ask: 'Używamy niezbędnych plików cookie, dzięki którym nasza witryna działa. Chcielibyśmy zapisać dodatkowe pliki cookie, aby zapamiętać Państwa preferencje i zrozumieć, jak korzystają Państwo z naszej witryny.',
  advertising: 'Chcielibyśmy też używać plików cookie do celów reklamowych ({services}).',
  manage:
    'Preferencjami i ustawieniami plików cookie można zarządzać w każdej chwili, klikając „{customise}” poniżej. Więcej szczegółów o tym, jak używamy plików cookie, zawiera nasza {notice}.',
  notice: 'informacja o plikach cookie',
  accept: 'Zaakceptuj dodatkowe pliki cookie',
  reject: 'Odrzuć dodatkowe pliki cookie',
  customise: 'Dostosuj pliki cookie',
  saved:
    'Państwa preferencje dotyczące plików cookie zostały zapisane. Ustawienia plików cookie można zmienić w każdej chwili na {page}.',
  page: 'stronie o plikach cookie',
  problem: 'Przepraszamy, wystąpił problem techniczny. Prosimy spróbować ponownie.',
  hide: 'Ukryj',

  settings: 'Ustawienia plików cookie',
  choose: 'Proszę wybrać, których plików cookie możemy używać. Decyzję można zmienić w każdej chwili.',
  sealed:
    'Na tej stronie wycofali Państwo zgodę, dlatego to, na co Państwo teraz zezwolą, zacznie obowiązywać od następnej strony.',
  leaves: 'Naciśnięcie klawisza Escape powoduje opuszczenie tej witryny.',
  group: 'Pliki cookie {name}',
  question: 'Czy chcą Państwo zaakceptować pliki cookie {name}?',
  yes: 'Tak',
  no: 'Nie',
  before: 'Poprzedni wybór: {answer}',
  essential: 'Te pliki cookie są zawsze włączone.',
  consent: 'Używamy ich tylko wtedy, gdy wyrażą Państwo zgodę.',
  objection: 'Te pliki cookie są włączone, chyba że wniosą Państwo sprzeciw. Aby wnieść sprzeciw, proszę wybrać „Nie”.',
  allow: 'Zezwól na usługę {service}',
  cookies: 'Pliki cookie usługi {service} ({n})',
  table: '{service}: pliki cookie {name}',
  site: 'Ta witryna',
  cookie: 'Nazwa',
  who: 'Kto zapisuje',
  why: 'Cel',
  kept: 'Okres przechowywania',
  days: '{n} dni',
  seen: 'do zamknięcia przeglądarki; {n} dni, jeśli zaakceptują Państwo pliki cookie dotyczące preferencji',
  unstated: 'Nie podano',
  others: 'Ta witryna nie może usunąć plików cookie zapisanych przez inną witrynę.',
  optOut: 'Zrezygnuj z usługi {service} we wszystkich witrynach',
  save: 'Zapisz ustawienia plików cookie',
  withdraw: 'Wycofaj wszystkie zgody',
  close: 'Zamknij',

  'embed.reason':
    'Wyświetlenie tej treści pozwoli usłudze {service} zapisać pliki cookie {name} i dowiedzieć się o Państwa wizycie w tej witrynie.',
  'embed.once': 'Wyświetl jednorazowo',
  'embed.always': 'Zawsze wyświetlaj treści usługi {service}',
  'embed.accept': 'Zaakceptuj pliki cookie {name}',
  'embed.later':
    'Na tej stronie wycofali Państwo zgodę, dlatego tę treść będzie można wyświetlić dopiero od następnej strony.',
  'embed.closed': 'Aby chronić Państwa prywatność, na tej stronie nie wyświetlamy żadnych treści usługi {service}.',
  'embed.open': 'Otwórz w witrynie {host}',

  'essential.name': 'niezbędne',
  'essential.purpose':
    'Dzięki nim ta witryna działa, jest bezpieczna i pamięta Państwa wybory dotyczące plików cookie.',
  'preferences.name': 'dotyczące preferencji',
  'preferences.purpose':
    'Zapamiętują, jak lubią Państwo korzystać z tej witryny, na przykład które komunikaty zostały ukryte.',
  'analytics.name': 'analityczne',
  'analytics.purpose': 'Pomagają nam zrozumieć, jak ludzie korzystają z tej witryny, abyśmy mogli ją ulepszać.',
  'marketing.name': 'reklamowe',
  'marketing.purpose':
    'Pozwalają nam wyświetlać nasze reklamy osobom, które odwiedziły tę witrynę, i sprawdzać, czy reklamy te są skuteczne.',

  'google-analytics.purpose':
    'Google otrzymuje informacje o tym, które nasze strony Państwo odwiedzają, jak z nich korzystają i na jakiego rodzaju urządzeniu, oraz zlicza te dane na nasze potrzeby.',
  'doubleclick.purpose':
    'Google otrzymuje informacje o tym, które nasze strony Państwo odwiedzają, aby wyświetlać Państwu nasze reklamy w innych witrynach i mierzyć ich skuteczność.',
  'google-tag-manager.purpose':
    'Wczytuje inne nasze tagi. Google otrzymuje adres Państwa połączenia internetowego oraz to, co wysyłają tagi statystyczne.',
  'google-tag-manager-ads.purpose':
    'Wczytuje inne nasze tagi. Google otrzymuje adres Państwa połączenia internetowego oraz to, co wysyłają tagi reklamowe.',
  'facebook-pixel.purpose':
    'Meta otrzymuje informacje o tym, które nasze strony Państwo odwiedzają, aby wyświetlać Państwu nasze reklamy na Facebooku i Instagramie i mierzyć ich skuteczność.',

  'cookie.choice': 'Zapamiętuje Państwa wybory dotyczące plików cookie; ich historia pozostaje na tym urządzeniu',
  'cookie.message': 'Zapamiętuje, że ukryli Państwo komunikat',
  'cookie.exit': 'Zapobiega ponownemu wyświetleniu strony, którą szybko Państwo opuścili',
  'cookie.visitor': 'Odróżnia odwiedzających od siebie',
  'cookie.visit': 'Łączy działania w ramach jednej wizyty',
  'cookie.throttle': 'Ogranicza częstotliwość wysyłania żądań',
  'cookie.link': 'Zapisuje, z którego linku Państwo skorzystali',
  'cookie.source': 'Zapisuje, jak trafili Państwo do tej witryny',
  'cookie.click': 'Łączy Państwa wizytę z reklamą, przez którą Państwo tu trafili',
  'cookie.browser': 'Rozpoznaje Państwa przeglądarkę na potrzeby reklam',
  'cookie.ads': 'Dobiera reklamy i mierzy ich skuteczność',
  'cookie.person': 'Rozpoznaje osoby, które są zalogowane',
  'cookie.test': 'Sprawdza, na co pozwala Państwa przeglądarka',
  'cookie.out': 'Zapamiętuje, że zrezygnowali Państwo z reklam',

  '10 seconds': '10 sekund',
  '30 seconds': '30 sekund',
  '1 minute': '1 minuta',
  '15 minutes': '15 minut',
  '20 hours': '20 godzin',
  '24 hours': '24 godziny',
  '2 weeks': '2 tygodnie',
  '90 days': '90 dni',
  '180 days': '180 dni',
  '400 days': '400 dni',
  '6 months': '6 miesięcy',
  '13 months': '13 miesięcy',
  '1 year': '1 rok',
  '2 years': '2 lata',
  '5 years': '5 lat',
  'up to 1 year': 'do 1 roku',
  'up to 2 years': 'do 2 lat',
  'until you clear your browser': 'do wyczyszczenia danych przeglądarki',
};
