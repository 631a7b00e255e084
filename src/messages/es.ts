import type { Messages } from './keys.js';

// Unreviewed draft: a translator of the force has yet to read it.
export const messages: Messages = {
  title: 'Cookies en este sitio web',
  controller: 'Responsable de este sitio web: {name}',
  ask: 'Utilizamos algunas cookies esenciales para que nuestro sitio web funcione. Nos gustaría instalar cookies adicionales para recordar sus preferencias y entender cómo utiliza usted nuestro sitio web.',
  advertising: 'También nos gustaría utilizar cookies de publicidad ({services}).',
  manage:
    'Puede gestionar sus preferencias y su configuración de cookies en cualquier momento haciendo clic en "{customise}", más abajo. Para obtener más información sobre cómo utilizamos las cookies, consulte nuestro {notice}.',
  notice: 'aviso sobre cookies',
  accept: 'Aceptar cookies adicionales',
  reject: 'Rechazar cookies adicionales',
  customise: 'Personalizar cookies',
  saved:
    'Se han guardado sus preferencias de cookies. Puede actualizar su configuración de cookies en cualquier momento en la {page}.',
  page: 'página de cookies',
  problem: 'Lo sentimos, se ha producido un problema técnico. Inténtelo de nuevo, por favor.',
  hide: 'Ocultar',

  settings: 'Configuración de cookies',
  choose: 'Elija qué cookies podemos utilizar. Puede cambiar de opinión en cualquier momento.',
  sealed:
    'Ha retirado el consentimiento en esta página; por eso, lo que permita ahora tendrá efecto en la página siguiente.',
  leaves: 'Si pulsa la tecla Escape, saldrá de este sitio web.',
  group: 'Cookies {name}',
  question: '¿Desea aceptar las cookies {name}?',
  yes: 'Sí, acepto',
  no: 'No acepto',
  before: 'Su elección anterior: {answer}',
  essential: 'Estas cookies están siempre activas.',
  consent: 'Solo las utilizamos si usted acepta.',
  objection: 'Están activas, a menos que usted se oponga. Para oponerse, elija "No acepto".',
  allow: 'Permitir {service}',
  cookies: 'Cookies de {service} ({n})',
  table: '{service}: cookies {name}',
  site: 'Este sitio web',
  cookie: 'Nombre',
  who: 'Instalada por',
  why: 'Finalidad',
  kept: 'Plazo de conservación',
  days: '{n} días',
  seen: 'hasta que cierre el navegador; {n} días si acepta las cookies de preferencias',
  unstated: 'Sin indicar',
  others: 'Este sitio web no puede eliminar cookies que haya instalado otro sitio web.',
  optOut: 'Desactivar {service} en todos los sitios web',
  save: 'Guardar configuración de cookies',
  withdraw: 'Retirar todo el consentimiento',
  close: 'Cerrar',

  'embed.reason':
    'Mostrar este contenido permite a {service} instalar cookies {name} y saber que usted ha visitado este sitio web.',
  'embed.once': 'Mostrar este contenido una vez',
  'embed.always': 'Mostrar siempre {service}',
  'embed.accept': 'Aceptar cookies {name}',
  'embed.later':
    'Ha retirado el consentimiento en esta página; por eso, este contenido solo se puede mostrar a partir de la página siguiente.',
  'embed.closed': 'Para proteger su privacidad, en esta página no se muestra ningún contenido de {service}.',
  'embed.open': 'Abrir en {host}',

  'essential.name': 'esenciales',
  'essential.purpose': 'Hacen que este sitio web funcione, lo mantienen seguro y recuerdan sus elecciones de cookies.',
  'preferences.name': 'de preferencias',
  'preferences.purpose': 'Recuerdan cómo le gusta utilizar este sitio web, por ejemplo, los mensajes que ha ocultado.',
  'analytics.name': 'de análisis',
  'analytics.purpose': 'Nos ayudan a entender cómo utilizan las personas este sitio web, para poder mejorarlo.',
  'marketing.name': 'de publicidad',
  'marketing.purpose':
    'Nos permiten mostrar nuestra publicidad a personas que han visitado este sitio web y medir si es eficaz.',

  'google-analytics.purpose':
    'Google recibe información sobre cuáles de nuestras páginas visita usted, cómo las utiliza y en qué tipo de dispositivo, y la contabiliza para nosotros.',
  'doubleclick.purpose':
    'Google recibe información sobre cuáles de nuestras páginas visita usted, para mostrarle nuestra publicidad en otros sitios web y medirla.',
  'google-tag-manager.purpose':
    'Carga otras etiquetas nuestras. Google recibe la dirección de su conexión y lo que envían las etiquetas de estadística.',
  'google-tag-manager-ads.purpose':
    'Carga otras etiquetas nuestras. Google recibe la dirección de su conexión y lo que envían las etiquetas de publicidad.',
  'facebook-pixel.purpose':
    'Meta recibe información sobre cuáles de nuestras páginas visita usted, para mostrarle nuestra publicidad en Facebook e Instagram y medirla.',

  'cookie.choice': 'Recuerda sus elecciones de cookies; su historial permanece en este dispositivo',
  'cookie.message': 'Recuerda que usted ha ocultado un mensaje',
  'cookie.visitor': 'Distingue a unos visitantes de otros',
  'cookie.visit': 'Agrupa las acciones de una misma visita',
  'cookie.throttle': 'Limita la frecuencia con la que se envían solicitudes',
  'cookie.link': 'Registra qué enlace ha seguido usted',
  'cookie.source': 'Registra cómo ha llegado usted a este sitio web',
  'cookie.click': 'Relaciona su visita con el anuncio desde el que ha llegado',
  'cookie.browser': 'Reconoce su navegador con fines de publicidad',
  'cookie.ads': 'Elige y mide anuncios',
  'cookie.person': 'Reconoce a las personas que han iniciado sesión',
  'cookie.test': 'Comprueba qué permite su navegador',
  'cookie.out': 'Recuerda que usted ha desactivado la publicidad',

  '10 seconds': '10 segundos',
  '30 seconds': '30 segundos',
  '1 minute': '1 minuto',
  '15 minutes': '15 minutos',
  '20 hours': '20 horas',
  '24 hours': '24 horas',
  '2 weeks': '2 semanas',
  '90 days': '90 días',
  '180 days': '180 días',
  '400 days': '400 días',
  '6 months': '6 meses',
  '13 months': '13 meses',
  '1 year': '1 año',
  '2 years': '2 años',
  '5 years': '5 años',
  'up to 1 year': 'hasta 1 año',
  'up to 2 years': 'hasta 2 años',
  'until you clear your browser': 'hasta que borre los datos del navegador',
};
