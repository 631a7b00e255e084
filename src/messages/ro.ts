import type { Messages } from './keys.js';

// Unreviewed draft: a translator of the force has yet to read it.
export const messages: Messages = {
  title: 'Cookie-uri pe acest site',
  controller: 'Responsabil pentru acest site: {name}',
  ask: 'Folosim cookie-uri esențiale pentru ca site-ul nostru să funcționeze. Am dori să plasăm cookie-uri suplimentare, ca să reținem preferințele dumneavoastră și să înțelegem cum folosiți site-ul nostru.',
  advertising: 'Am dori să folosim cookie-uri și pentru publicitate ({services}).',
  manage:
    'Vă puteți gestiona preferințele și setările pentru cookie-uri în orice moment, apăsând pe „{customise}” mai jos. Pentru mai multe informații despre modul în care folosim cookie-urile, vă rugăm să citiți {notice}.',
  notice: 'nota noastră de informare despre cookie-uri',
  accept: 'Acceptați cookie-urile suplimentare',
  reject: 'Refuzați cookie-urile suplimentare',
  customise: 'Personalizați cookie-urile',
  saved:
    'Preferințele dumneavoastră privind cookie-urile au fost salvate. Puteți modifica setările pentru cookie-uri în orice moment pe {page}.',
  page: 'pagina despre cookie-uri',
  problem: 'Ne pare rău, a apărut o problemă tehnică. Vă rugăm să încercați din nou.',
  hide: 'Ascundeți',

  settings: 'Setări pentru cookie-uri',
  choose: 'Alegeți ce cookie-uri putem folosi. Vă puteți răzgândi în orice moment.',
  sealed:
    'V-ați retras consimțământul pe această pagină, așa că ceea ce permiteți acum se va aplica începând cu pagina următoare.',
  leaves: 'Dacă apăsați tasta Escape, părăsiți acest site.',
  group: 'Cookie-uri {name}',
  question: 'Doriți să acceptați cookie-urile {name}?',
  yes: 'Da',
  no: 'Nu',
  before: 'Alegerea dumneavoastră anterioară: {answer}',
  essential: 'Aceste cookie-uri sunt întotdeauna active.',
  consent: 'Le folosim numai dacă vă dați consimțământul.',
  objection: 'Aceste cookie-uri sunt active dacă nu vă opuneți. Pentru a vă opune, alegeți „Nu”.',
  allow: 'Permiteți {service}',
  cookies: 'Cookie-uri ale serviciului {service} ({n})',
  table: '{service}: cookie-uri {name}',
  site: 'Acest site',
  cookie: 'Nume',
  who: 'Plasat de',
  why: 'Scop',
  kept: 'Durata păstrării',
  days: '{n} de zile',
  seen: 'până când închideți browserul; {n} de zile dacă acceptați cookie-urile de preferințe',
  unstated: 'Nu este precizat',
  others: 'Acest site nu poate șterge cookie-urile plasate de alt site.',
  optOut: 'Renunțați la {service} pe toate site-urile',
  save: 'Salvați setările pentru cookie-uri',
  withdraw: 'Retrageți consimțământul pentru toate',
  close: 'Închideți',

  'embed.reason':
    'Dacă afișați acest conținut, {service} poate plasa cookie-uri {name} și poate afla că ați vizitat acest site.',
  'embed.once': 'Afișați doar de data aceasta',
  'embed.always': 'Afișați întotdeauna conținutul de la {service}',
  'embed.accept': 'Acceptați cookie-urile {name}',
  'embed.later':
    'V-ați retras consimțământul pe această pagină, așa că acest conținut poate fi afișat doar începând cu pagina următoare.',
  'embed.closed': 'Pentru a vă proteja viața privată, pe această pagină nu se afișează nimic de la {service}.',
  'embed.open': 'Deschideți conținutul pe {host}',

  'essential.name': 'esențiale',
  'essential.purpose':
    'Fac posibilă funcționarea acestui site, îl mențin sigur și rețin alegerile dumneavoastră privind cookie-urile.',
  'preferences.name': 'de preferințe',
  'preferences.purpose': 'Rețin cum preferați să folosiți acest site, de exemplu mesajele pe care le-ați ascuns.',
  'analytics.name': 'de analiză',
  'analytics.purpose': 'Ne ajută să înțelegem cum este folosit acest site, ca să îl putem îmbunătăți.',
  'marketing.name': 'de publicitate',
  'marketing.purpose':
    'Ne permit să afișăm reclamele noastre persoanelor care au vizitat acest site și să măsurăm dacă acestea au efect.',

  'google-analytics.purpose':
    'Google află ce pagini ale noastre vizitați, cum le folosiți și pe ce tip de dispozitiv și contorizează aceste date pentru noi.',
  'doubleclick.purpose':
    'Google află ce pagini ale noastre vizitați, ca să vă afișeze reclamele noastre pe alte site-uri și să le măsoare efectul.',
  'google-tag-manager.purpose':
    'Încarcă alte etichete ale noastre. Google primește adresa conexiunii dumneavoastră și ceea ce trimit etichetele pentru statistici.',
  'google-tag-manager-ads.purpose':
    'Încarcă alte etichete ale noastre. Google primește adresa conexiunii dumneavoastră și ceea ce trimit etichetele pentru publicitate.',
  'facebook-pixel.purpose':
    'Meta află ce pagini ale noastre vizitați, ca să vă afișeze reclamele noastre pe Facebook și Instagram și să le măsoare efectul.',

  'cookie.choice': 'Reține alegerile dumneavoastră privind cookie-urile; istoricul lor rămâne pe acest dispozitiv',
  'cookie.message': 'Reține că ați ascuns un mesaj',
  'cookie.exit': 'Împiedică afișarea din nou a unei pagini pe care ați părăsit-o rapid',
  'cookie.visitor': 'Deosebește vizitatorii între ei',
  'cookie.visit': 'Leagă între ele acțiunile din aceeași vizită',
  'cookie.throttle': 'Limitează frecvența cu care se trimit solicitări',
  'cookie.link': 'Reține ce link ați urmat',
  'cookie.source': 'Reține cum ați ajuns pe acest site',
  'cookie.click': 'Leagă vizita dumneavoastră de reclama prin care ați ajuns aici',
  'cookie.browser': 'Recunoaște browserul dumneavoastră pentru publicitate',
  'cookie.ads': 'Alege reclamele și le măsoară efectul',
  'cookie.person': 'Recunoaște persoanele conectate la contul lor',
  'cookie.test': 'Verifică ce permite browserul dumneavoastră',
  'cookie.out': 'Reține că ați renunțat la publicitate',

  '10 seconds': '10 secunde',
  '30 seconds': '30 de secunde',
  '1 minute': '1 minut',
  '15 minutes': '15 minute',
  '20 hours': '20 de ore',
  '24 hours': '24 de ore',
  '2 weeks': '2 săptămâni',
  '90 days': '90 de zile',
  '180 days': '180 de zile',
  '400 days': '400 de zile',
  '6 months': '6 luni',
  '13 months': '13 luni',
  '1 year': '1 an',
  '2 years': '2 ani',
  '5 years': '5 ani',
  'up to 1 year': 'cel mult 1 an',
  'up to 2 years': 'cel mult 2 ani',
  'until you clear your browser': 'până când ștergeți datele browserului',
};
