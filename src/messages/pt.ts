import type { Messages } from './keys.js';

// Unreviewed draft: a translator of the force has yet to read it.
export const messages: Messages = {
  title: 'Cookies neste site',
  controller: 'Responsável por este site: {name}',
  ask: 'Utilizamos alguns cookies essenciais para que o nosso site funcione. Gostaríamos de colocar cookies adicionais para memorizar as suas preferências e compreender como utiliza o nosso site.',
  advertising: 'Gostaríamos também de utilizar cookies de publicidade ({services}).',
  manage:
    'Pode gerir as suas preferências e definições de cookies a qualquer momento, clicando em "{customise}" abaixo. Para mais informações sobre a forma como utilizamos cookies, consulte o nosso {notice}.',
  notice: 'aviso sobre cookies',
  accept: 'Aceitar cookies adicionais',
  reject: 'Recusar cookies adicionais',
  customise: 'Personalizar cookies',
  saved:
    'As suas preferências de cookies foram guardadas. Pode atualizar as definições de cookies a qualquer momento na {page}.',
  page: 'página de cookies',
  problem: 'Pedimos desculpa, ocorreu um problema técnico. Tente novamente, por favor.',
  hide: 'Ocultar',

  settings: 'Definições de cookies',
  choose: 'Escolha que cookies podemos utilizar. Pode mudar de ideias a qualquer momento.',
  sealed: 'Retirou o consentimento nesta página; por isso, o que permitir agora só terá efeito na página seguinte.',
  leaves: 'Se premir a tecla Escape, sairá deste site.',
  group: 'Cookies {name}',
  question: 'Deseja aceitar os cookies {name}?',
  yes: 'Sim',
  no: 'Não',
  before: 'A sua escolha anterior: {answer}',
  essential: 'Estes cookies estão sempre ativos.',
  consent: 'Só os utilizamos se responder que sim.',
  objection: 'Estão ativos, a menos que se oponha. Para se opor, escolha "Não".',
  allow: 'Permitir {service}',
  cookies: 'Cookies de {service} ({n})',
  table: '{service}: cookies {name}',
  site: 'Este site',
  cookie: 'Nome',
  who: 'Colocado por',
  why: 'Finalidade',
  kept: 'Prazo de conservação',
  days: '{n} dias',
  seen: 'até fechar o navegador; {n} dias se aceitar os cookies de preferências',
  unstated: 'Sem indicação',
  others: 'Este site não pode eliminar cookies que outro site tenha colocado.',
  optOut: 'Desativar {service} em todos os sites',
  save: 'Guardar definições de cookies',
  withdraw: 'Retirar todo o consentimento',
  close: 'Fechar',

  'embed.reason':
    'Mostrar este conteúdo permite que {service} coloque cookies {name} e tenha conhecimento da sua visita a este site.',
  'embed.once': 'Mostrar este conteúdo uma vez',
  'embed.always': 'Mostrar sempre {service}',
  'embed.accept': 'Aceitar cookies {name}',
  'embed.later':
    'Retirou o consentimento nesta página; por isso, este conteúdo só pode ser mostrado a partir da página seguinte.',
  'embed.closed': 'Para proteger a sua privacidade, nesta página não é mostrado nenhum conteúdo de {service}.',
  'embed.open': 'Abrir em {host}',

  'essential.name': 'essenciais',
  'essential.purpose': 'Fazem este site funcionar, mantêm-no seguro e memorizam as suas escolhas de cookies.',
  'preferences.name': 'de preferências',
  'preferences.purpose':
    'Memorizam a forma como gosta de utilizar este site, como, por exemplo, as mensagens que ocultou.',
  'analytics.name': 'de análise',
  'analytics.purpose': 'Ajudam-nos a compreender como as pessoas utilizam este site, para que o possamos melhorar.',
  'marketing.name': 'de publicidade',
  'marketing.purpose':
    'Permitem-nos mostrar a nossa publicidade a pessoas que visitaram este site e medir se é eficaz.',

  'google-analytics.purpose':
    'A Google recebe informação sobre quais das nossas páginas visita, como as utiliza e em que tipo de dispositivo, e contabiliza-a para nós.',
  'doubleclick.purpose':
    'A Google recebe informação sobre quais das nossas páginas visita, para lhe mostrar a nossa publicidade noutros sites e para a medir.',
  'google-tag-manager.purpose':
    'Carrega outras etiquetas nossas. A Google recebe o endereço da sua ligação e o que as etiquetas de estatística enviam.',
  'google-tag-manager-ads.purpose':
    'Carrega outras etiquetas nossas. A Google recebe o endereço da sua ligação e o que as etiquetas de publicidade enviam.',
  'facebook-pixel.purpose':
    'A Meta recebe informação sobre quais das nossas páginas visita, para lhe mostrar a nossa publicidade no Facebook e no Instagram e para a medir.',

  'cookie.choice': 'Memoriza as suas escolhas de cookies; o respetivo histórico fica neste dispositivo',
  'cookie.message': 'Memoriza que ocultou uma mensagem',
  'cookie.visitor': 'Distingue os visitantes uns dos outros',
  'cookie.visit': 'Agrupa as ações de uma mesma visita',
  'cookie.throttle': 'Limita a frequência com que são enviados pedidos',
  'cookie.link': 'Regista que hiperligação seguiu',
  'cookie.source': 'Regista como chegou a este site',
  'cookie.click': 'Associa a sua visita ao anúncio a partir do qual chegou',
  'cookie.browser': 'Reconhece o seu navegador para efeitos de publicidade',
  'cookie.ads': 'Escolhe e mede anúncios',
  'cookie.person': 'Reconhece as pessoas que têm sessão iniciada',
  'cookie.test': 'Testa o que o seu navegador permite',
  'cookie.out': 'Memoriza que desativou a publicidade',

  '10 seconds': '10 segundos',
  '30 seconds': '30 segundos',
  '1 minute': '1 minuto',
  '15 minutes': '15 minutos',
  '20 hours': '20 horas',
  '24 hours': '24 horas',
  '2 weeks': '2 semanas',
  '90 days': '90 dias',
  '180 days': '180 dias',
  '400 days': '400 dias',
  '6 months': '6 meses',
  '13 months': '13 meses',
  '1 year': '1 ano',
  '2 years': '2 anos',
  '5 years': '5 anos',
  'up to 1 year': 'até 1 ano',
  'up to 2 years': 'até 2 anos',
  'until you clear your browser': 'até limpar os dados do navegador',
};
