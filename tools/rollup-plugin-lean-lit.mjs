import { fileURLToPath } from 'node:url';

const CSS_TAG = fileURLToPath(new URL('./lit/css-tag.mjs', import.meta.url));
const PACKAGES = /[\\/]node_modules[\\/](?:@lit[\\/]reactive-element|lit-html|lit-element)[\\/]/;

/**
 * What Lit's files carry and our elements never reach: in which file it stands, its text as published, and what takes
 * its place. `used` finds in our own code what would need it.
 */
const CUTS = [
  {
    what: 'texts of styles with values',
    used: /\b(?:unsafeCSS|CSSResult)\b/,
    file: 'reactive-element.js',
    edits: [['export{CSSResult,css,supportsAdoptingStyleSheets,unsafeCSS}from', 'export{css}from']],
  },
  {
    what: 'support for browsers without shadow roots, and the count of copies of Lit',
    file: 'reactive-element.js',
    edits: [
      ['a.reactiveElementPolyfillSupport', 'void 0'],
      ['(a.reactiveElementVersions??=[]).push("2.1.2")', '0'],
    ],
  },
  {
    what: 'support for browsers without shadow roots, and the count of copies of Lit',
    file: 'lit-html.js',
    edits: [
      ['t.litHtmlPolyfillSupport', 'void 0'],
      ['(t.litHtmlVersions??=[]).push("3.3.3")', '0'],
    ],
  },
  {
    what: 'support for browsers without shadow roots, for hydration, and the count of copies of Lit',
    file: 'lit-element.js',
    edits: [
      ['s.litElementHydrateSupport?.({LitElement:i})', '0'],
      ['s.litElementPolyfillSupport', 'void 0'],
      ['(s.litElementVersions??=[]).push("4.2.2")', '0'],
    ],
  },
  {
    what: 'decorators',
    used: /^\s*@\w+\(/m,
    file: 'reactive-element.js',
    edits: [
      ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
      [
        'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
        '',
      ],
      ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
      [',void 0!==t.l&&(this.l=[...t.l])', ''],
      [',this.constructor.l?.forEach(t=>t(this))', ''],
      [',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0)', ''],
      [
        'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
        '',
      ],
    ],
  },
  {
    what: 'properties that are written to attributes',
    used: /\b(?:reflect|useDefault|converter):/,
    file: 'reactive-element.js',
    edits: [
      [
        '_$ET(t,s){const i=this.constructor.elementProperties.get(t),e=this.constructor._$Eu(t,i);if(void 0!==e&&!0===i.reflect){const h=(void 0!==i.converter?.toAttribute?i.converter:u).toAttribute(s,i.type);this._$Em=t,null==h?this.removeAttribute(e):this.setAttribute(e,h),this._$Em=null}}',
        '',
      ],
      ['this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),', ''],
      [',!0===e&&this._$Em!==t&&(this._$Eq??=new Set).add(t)', ''],
      [
        'toAttribute(t,s){switch(s){case Boolean:t=t?l:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},',
        '',
      ],
      [',c=a.trustedTypes,l=c?c.emptyScript:""', ''],
      ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
      ['i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||', ''],
      ['??this._$Ej?.get(e)??r', ''],
    ],
  },
  {
    what: 'templates of SVG and MathML',
    used: /\b(?:svg|mathml)\s*`/,
    file: 'lit-html.js',
    edits: [
      ['2===i?"<svg>":3===i?"<math>":""', '""'],
      ['2===i?"</svg>":3===i?"</math>":""', '""'],
      [
        'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}for(;',
        'for(this.el=S.createElement(f,e),P.currentNode=this.el.content;',
      ],
    ],
  },
  {
    what: 'values in the text of these tags',
    used: /<(?:script|style|textarea|title)\b/,
    file: 'lit-html.js',
    edits: [
      ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'c=p'],
      [
        'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
        '',
      ],
    ],
  },
  {
    what: 'directives',
    used: /'lit\/(?:directive|async-directive)/,
    file: 'lit-html.js',
    edits: [
      [
        'let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
        'return i}',
      ],
      ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
      [':6===r.type&&(i=new Z(h,this,t))', ':0'],
      [
        'get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t)',
        'get _$AU(){return this._$AM._$AU}u(t)',
      ],
      [
        'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
        '',
      ],
      ['get tagName(){return this.element.tagName}', ''],
      ['(t?.creationScope??l)', 'l'],
    ],
  },
  {
    what: 'attributes that are there or not',
    used: /\s\?[\w-]+=\$/,
    file: 'lit-html.js',
    edits: [
      ['"?"===e[1]?L:', ''],
      [
        'class L extends H{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==A)}}',
        '',
      ],
      ['N:L,', ''],
    ],
  },
  {
    what: 'listeners with options or that are objects',
    used: /\bhandleEvent\b/,
    file: 'lit-html.js',
    edits: [
      ['||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive', ''],
      ['"function"==typeof this._$AH?', ''],
      [':this._$AH.handleEvent(t)', ''],
    ],
  },
  {
    what: 'attributes that are numbers, objects or lists',
    used: /\btype: (?:Number|Object|Array)\b/,
    file: 'reactive-element.js',
    edits: [
      ['case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    ],
  },
  {
    what: 'controllers that leave',
    used: /\bremoveController\b/,
    file: 'reactive-element.js',
    edits: [['removeController(t){this._$EO?.delete(t)}', '']],
  },
  {
    what: 'state that is no attribute, and accessors of an element\u2019s own',
    used: /\b(?:state|noAccessor): true\b/,
    file: 'reactive-element.js',
    edits: [
      ['s.state&&(s.attribute=!1),', ''],
      [',!s.noAccessor)', ')'],
    ],
  },
];

/**
 * Leaves out of Lit what our elements never reach. The build fails where Lit's files are no longer as they were when this
 * was written, or where our own code asks for what is left out.
 */
export function leanLit() {
  const done = new Set();
  return {
    name: 'lean-lit',
    resolveId: (source, importer) =>
      source === './css-tag.js' && PACKAGES.test(importer) ? { id: CSS_TAG, moduleSideEffects: false } : null,
    transform(code, id) {
      if (!PACKAGES.test(id)) {
        const cut = /[\\/]src[\\/]elements[\\/]/.test(id) && CUTS.find(({ used }) => used?.test(code));
        if (cut) this.error(`${cut.what}: left out of Lit by tools/rollup-plugin-lean-lit.mjs, and used here`);
        return null;
      }
      for (const cut of CUTS.filter(({ file }) => id.endsWith(`/${file}`))) {
        for (const [published, ours] of cut.edits) {
          if (code.split(published).length !== 2) this.error(`${cut.what}: expected once ${published}`);
          code = code.replace(published, () => ours);
        }
        done.add(cut);
      }
      return { code, map: null };
    },
    buildEnd(error) {
      const missed = !error && done.size && CUTS.find((cut) => !done.has(cut));
      if (missed) this.error(`${missed.what}: expected a file ${missed.file} of Lit`);
    },
  };
}
