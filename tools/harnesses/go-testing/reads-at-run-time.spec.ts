import { describe, expect, it } from 'vitest';
import { readsAtRunTime } from './reads-at-run-time.ts';

const source = (imports: string, body: string) => `package p\n\n${imports}\n\nfunc f() {\n\t${body}\n}\n`;

describe('what is read while a test binary runs', () => {
  it.each([
    ['import "os"', 'os.Open("x")'],
    ['import "os"', 'data, _ := os.ReadFile("x")'],
    ['import "os"', 'read := os . ReadDir'],
    ['import "os"', 'os.Getenv("X")'],
    ['import "os"', 'os.DirFS(".")'],
    ['import (\n\t"fmt"\n\tfiles "os" // why\n)', 'files.Getwd()'],
    ['import . "os"', 'ReadFile("x")'],
    ['import ("fmt"; "os")', 'os.LookupEnv("X")'],
    ['import "io/ioutil"', 'ioutil.ReadFile("x")'],
    ['import "path/filepath"', 'filepath.WalkDir(".", nil)'],
    ['import "os/exec"', 'exec.Command("cat")'],
    ['import "plugin"', 'plugin.Open("x.so")'],
    ['import "runtime"', 'runtime.Caller(0)'],
    ['import "text/template"', 'template.New("a").ParseFiles("x")'],
    ['import "C"', 'C.fopen()'],
  ])('%s: %s', (imports, body) => {
    expect(readsAtRunTime(source(imports, body))).toBe(true);
  });

  it.each([
    ['import "os"', 'os.Exit(1)'],
    ['import "os"', 'fmt.Println("os.ReadFile") // os.Open'],
    ['import "path/filepath"', 'filepath.Join("a", "b")'],
    ['import "example.com/os"', 'os.ReadFile("x")'],
    ['import _ "embed"\n\n//go:embed table.csv\nvar table string', 'use(table)'],
    ['import "net"', 'net.Dial("tcp", "127.0.0.1:1")'],
    ['import "runtime"', 'runtime.GC()'],
    ['// import "os/exec"', 'exec.Command("cat")'],
    ['import "os"', 'my.os.Open("x")'],
  ])('not: %s: %s', (imports, body) => {
    expect(readsAtRunTime(source(imports, body))).toBe(false);
  });
});
