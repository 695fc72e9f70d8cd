import { describe, expect, it } from 'vitest';
import { addJmh } from './pom-edit.ts';

describe('addJmh', () => {
  const project = (inside: string) =>
    `<project>\n    <modelVersion>4.0.0</modelVersion>\n${inside}</project>\n`;

  it('adds to the project’s own dependencies and to no others', () => {
    const other =
      '    <build><plugins><plugin><dependencies>\n    </dependencies></plugin></plugins></build>\n    <dependencyManagement><dependencies>\n    </dependencies></dependencyManagement>\n';
    const own = '    <dependencies>\n        <!-- </dependencies> -->\n    </dependencies>\n';
    const { text, added } = addJmh(project(other + own));
    expect(added).toEqual(['jmh-core', 'jmh-generator-annprocess']);
    expect(text.startsWith(project(other).replace('</project>\n', ''))).toBe(true);
    expect(text.slice(text.indexOf('    <dependencies>\n        <!--'))).toMatchInlineSnapshot(`
      "    <dependencies>
              <!-- </dependencies> -->
              <dependency>
                  <groupId>org.openjdk.jmh</groupId>
                  <artifactId>jmh-core</artifactId>
                  <version>1.37</version>
                  <scope>test</scope>
              </dependency>
              <dependency>
                  <groupId>org.openjdk.jmh</groupId>
                  <artifactId>jmh-generator-annprocess</artifactId>
                  <version>1.37</version>
                  <scope>test</scope>
              </dependency>
          </dependencies>
      </project>
      "
    `);
    expect(addJmh(text)).toEqual({ text, added: [], listedProcessors: false });
  });

  it('makes the list where there is none, and keeps line breaks', () => {
    expect(addJmh('<project>\r\n\t<artifactId>a</artifactId>\r\n</project>').text).toContain(
      '\r\n\t<dependencies>\r\n\t\t<dependency>\r\n\t\t\t<groupId>org.openjdk.jmh</groupId>',
    );
    expect(addJmh('<project></project>').text).toMatch(
      /^<project>\n {2}<dependencies>\n.*<\/dependencies>\n<\/project>$/s,
    );
  });

  it('takes the version that is there, and tells of a list of processors', () => {
    const pom = project(
      '<dependencies><dependency><groupId>org.openjdk.jmh</groupId><artifactId>jmh-core</artifactId><version>1.36</version></dependency></dependencies>' +
        '<build><plugins><plugin><configuration><annotationProcessorPaths><path><groupId>g</groupId><artifactId>lombok</artifactId></path></annotationProcessorPaths></configuration></plugin></plugins></build>',
    );
    const { text, added, listedProcessors } = addJmh(pom);
    expect(added).toEqual(['jmh-generator-annprocess']);
    expect(text).toContain(
      '<artifactId>jmh-generator-annprocess</artifactId>\n            <version>1.36</version>',
    );
    expect(listedProcessors).toBe(true);
  });

  it.each(['', '<project>', 'text'])('refuses what is no pom: %j', (text) => {
    expect(() => addJmh(text)).toThrow();
  });
});
