import { describe, expect, it } from 'vitest';
import { withoutModules } from './build-tree.ts';
import { pomFacts } from './pom.ts';
import { parseXml, textAt } from './xml.ts';

describe('parseXml', () => {
  it('reads elements, text, entities, CDATA and leaves comments and instructions out', () => {
    const text =
      '\uFEFF<?xml version="1.0"?><!DOCTYPE a><a x="1 > 0"><!-- <b>no</b> --><b>1 &lt; 2 &#38; &#x33;</b><c/><n:d> <![CDATA[<raw>]]> </n:d></a>';
    const root = parseXml(text);
    expect(root.children.map(({ name }) => name)).toEqual(['b', 'c', 'd']);
    expect(textAt(root, 'b')).toBe('1 < 2 & 3');
    expect(textAt(root, 'd')).toBe('<raw>');
    expect(textAt(root, 'c')).toBeUndefined();
  });

  it.each([
    ['', 'it holds no element'],
    ['just text', 'it holds no element'],
    ['<a><b></a>', '</a> closes nothing'],
    ['<a><b>', '<b> is never closed'],
    ['</a>', '</a> closes nothing'],
    ['<a><!-- never', '<a> is never closed'],
    ['<a', 'it holds no element'],
  ])('tells what is wrong with %j', (text, reason) => {
    expect(() => parseXml(text)).toThrow(reason);
  });

  it('does not look outside', () => {
    expect(textAt(parseXml('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'))).toBe('&x;');
  });
});

describe('pomFacts', () => {
  it('takes group and version over from the parent and fills expressions in', () => {
    const facts = pomFacts(`<project>
      <parent><groupId>com.acme</groupId><artifactId>all</artifactId><version>\${revision}</version><relativePath>../..</relativePath></parent>
      <artifactId>price-\${flavour}</artifactId>
      <properties><revision>1.2</revision><flavour>\${taste}</flavour><taste>sweet</taste><loop>\${loop}</loop></properties>
      <build><testSourceDirectory>\${project.basedir}/tests</testSourceDirectory></build>
      <dependencies>
        <dependency><groupId>\${project.groupId}</groupId><artifactId>core</artifactId><type>test-jar</type></dependency>
        <dependency><groupId>\${unknown}</groupId><artifactId>x</artifactId></dependency>
        <dependency><artifactId>nameless</artifactId></dependency>
      </dependencies>
      <dependencyManagement><dependencies>
        <dependency><groupId>com.acme</groupId><artifactId>bom</artifactId><scope>import</scope></dependency>
        <dependency><groupId>com.acme</groupId><artifactId>only-managed</artifactId></dependency>
      </dependencies></dependencyManagement>
      <profiles><profile><dependencies><dependency><groupId>com.acme</groupId><artifactId>extra</artifactId></dependency></dependencies></profile></profiles>
    </project>`);
    expect(facts).toMatchObject({
      key: 'com.acme:price-sweet',
      version: '1.2',
      parent: { key: 'com.acme:all', path: '../..' },
      testSourceDirectory: 'tests',
    });
    expect(facts.dependencies).toEqual([
      { key: 'com.acme:core', type: 'test-jar' },
      { key: `\${unknown}:x`, type: 'jar' },
      { key: 'com.acme:bom', type: 'jar' },
      { key: 'com.acme:extra', type: 'jar' },
    ]);
  });

  it('knows where Maven looks for a parent', () => {
    const pom = (path: string) =>
      pomFacts(`<project><parent><groupId>g</groupId><artifactId>p</artifactId>${path}</parent></project>`)
        .parent?.path;
    expect(pom('')).toBe('../pom.xml');
    expect(pom('<relativePath/>')).toBe('');
    expect(pom('<relativePath>../up</relativePath>')).toBe('../up');
  });
});

describe('withoutModules', () => {
  it('takes lists of modules out, in profiles too, and nothing else', () => {
    const rest = '<build><plugin><modules><webModule>x</webModule></modules></plugin></build>';
    const list = '<modules>\n <!-- two --> <module>a</module>\n<module>b/c</module></modules>';
    expect(withoutModules(`<project>${list}${rest}<profile><modules/>${list}</profile></project>`)).toBe(
      `<project>${rest}<profile><modules/></profile></project>`,
    );
  });
});
