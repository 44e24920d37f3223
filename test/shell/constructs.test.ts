// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expansions of a shell
import { describe, expect, test } from 'vitest';
import { innerScripts, missingInBash32 } from './constructs.ts';

const found = (script: string) => missingInBash32(script).map(({ construct }) => construct);

const caseInside = 'case without (pattern) in $( … )';
const changed = '${x,,} or ${x^^}';
const inComment = 'a quote or bracket in a comment in "$( … )"';
const inHereDocument = 'a quote or bracket in a here-document in $( … )';
const apostrophe = 'an apostrophe in "${x:-…}"';
const options = 'declare -A, -n, -g, -l or -u';
const read = 'read -N, -i or a part of a second';

describe.each<[construct: string, finds: string[], lookAlikes: string[]]>([
  [
    caseInside,
    [
      'x=$(case $1 in a) echo 1 ;; esac)',
      'x=$(\n  case $1 in\n    (a) ;;\n    b) echo 1\n  esac\n)',
      'x="a $(case $1 in a | b) echo 1 ;; esac) b"',
      'x=$( (case $1 in a) echo 1 ;; esac) )',
      'x=$( { case $1 in a) echo 1 ;; esac; } )',
      'x=$(f() { case $1 in a) echo 1 ;; esac; }; f a)',
      'x=$(find . | while read -r y; do case $? in 1) ;; esac; done)',
      'x=$(if true; then echo a; else case $1 in a) ;; esac; fi)',
      'x=$(y=1 && case $1 in a) ;; esac)',
      'x=`echo $(case $1 in a) echo 1 ;; esac)`',
      'echo ${x:-$(case $1 in a) echo 1 ;; esac)}',
      'echo "${x:-$(case $1 in a) echo 1 ;; esac)}"',
      'cat <<E\n$(case $1 in a) echo 1 ;; esac)\nE',
      'cat <(case $1 in a) echo 1 ;; esac)',
      'x=$(case "$(id -u)" in 0) echo root ;; esac)',
      'x=$(case $(case $1 in (a) echo b ;; esac) in b) ;; esac)',
      `sh -c 'x=$(case $1 in a) ;; esac)'`,
    ],
    [
      'x=$(case $1 in (a) echo 1 ;; (*) echo 2 ;; esac)',
      'x=$(\n  case $1 in # a)\n    (a | b) ;;\n    # b) c\n    (*) ;;\n  esac\n)',
      'case $1 in a) x=$(echo 1) ;; b) ;; esac',
      '(case $1 in a) echo 1 ;; esac)',
      'x=`case $1 in a) echo 1 ;; esac`',
      'x=$(echo `case $1 in a) echo 1 ;; esac`)',
      'x=$(echo case a in b)',
      'x=$(echo "case a in b) c")',
      "x=$(echo 'case a in b) c')",
      'x=$(\n# case a in b) c ;; esac\necho 1)',
      '# x=$(case a in b) c ;; esac)',
      "echo 'x=$(case a in b) c ;; esac)'",
      "cat <<'E'\n$(case a in b) c ;; esac)\nE",
      'x=$((1 + 2)); case $x in 3) echo y ;; esac',
      'f() { case $1 in a) ;; esac; }; x=$(f a)',
      'case $(id -u) in 0) ;; *) ;; esac',
      'x=(case a in b)',
    ],
  ],
  [
    inComment,
    ['x="$(\n  # don\'t\n  echo 1\n)"', 'x="$(\n  echo 1 # "a\n)"', 'x=$(echo "$(\n# (a\necho 1)")'],
    [
      "x=$(\n  # don't\n  echo 1\n)",
      'x="$(\n  # do it\n  echo 1\n)"',
      'x="$(echo \'# "\')"',
      `x="a # 'b' $(c)"`,
    ],
  ],
  [
    inHereDocument,
    ["x=$(cat <<E\ndon't\nE\n)", "x=$(cat <<'E'\na) b\nE\n)", 'x="$(cat <<-E\n\t"\n\tE\n)"'],
    [
      'x=$(cat <<E\ndo it\nE\n)',
      "cat <<E\ndon't\nE",
      'f() {\ncat <<E\na) b\nE\n}\nx=$(f)',
      'x=$(cat <<<"a) b")',
    ],
  ],
  [
    apostrophe,
    ['echo "${x:-it\'s}"', "cat <<E\n${x+it's}\nE"],
    ['echo "${x:-\'a\'}"', 'echo "${x%\'.b\'}"', "echo ${x:-'a b'}", 'echo "it\'s ${x:-a}"', "echo '${x:-'"],
  ],
  [
    'a } in ${x:-$( … )}',
    ['echo ${x:-$( { echo a; } )}', 'echo ${x:-$(f() { echo a; }; f)}', 'y=$(echo ${x:-$( { a; } )})'],
    [
      'echo "${x:-$( { echo a; } )}"',
      'echo ${x:-"$( { echo a; } )"}',
      'echo ${x:-`{ echo a; }`}',
      "echo ${x:-$(echo '}' ${y:-a})}",
      'x=$( { echo a; } )',
    ],
  ],
  [
    changed,
    ['echo ${x,,}', 'echo "${x^^}"', 'echo ${x^}', 'echo ${1,}', 'echo ${a[0]^^}', 'echo ${*^^}'],
    [
      'echo ${x:-,,}',
      'echo ${x%,,}',
      'echo ${x//,,/^^}',
      'echo ${x#^^}',
      'echo x,, ^^',
      "echo '${x,,}'",
      '# ${x,,}',
      'echo \\${x,,}',
    ],
  ],
  [
    '${x@Q}',
    ['echo ${x@Q}', 'echo "${a[@]@A}"'],
    ['echo "${a[@]}"', 'echo ${!x@}', 'echo ${x:-@Q}', 'echo x@Q'],
  ],
  ['${ command; }', ['x=${ echo a; }', 'x="${\necho a; }"'], ['x=${y}', '{ echo $; }', "echo '${ a; }'"]],
  [
    'a negative index',
    ['echo ${a[-1]}', 'a[-1]=4', 'echo "${a[ -2 ]}"'],
    ['echo ${a[i-1]}', 'echo ${a[$#-1]}', 'ls a[-1]', 'a[1]=-1', 'echo ${a[${#a[@]}-1]}'],
  ],
  [
    'a negative length',
    ['echo ${x:1:-1}', 'echo "${x:$y: -1}"'],
    ['echo ${x: -2}', 'echo ${x:1:2}', 'echo ${x:-1}', 'echo ${x:0:${#x}-1}', 'echo ${x:--1:-1}'],
  ],
  [
    'mapfile',
    [
      'mapfile -t x <y',
      'y | readarray x',
      'if true; then mapfile x; fi',
      'x=$(mapfile y)',
      'a=1 mapfile x',
      'for x do mapfile y; done',
    ],
    [
      'echo mapfile',
      'x=(mapfile readarray)',
      'x=mapfile',
      '# mapfile',
      "'a' 'mapfile'",
      'cat <<E\nmapfile\nE',
      'x >mapfile',
    ],
  ],
  [
    options,
    [
      'declare -A x',
      'f() { local -n x=$1; }',
      'typeset -gA x',
      'declare -r -l x=Y',
      'f() { local -u x; }',
      'function f { local -A x; }',
    ],
    [
      'declare -a x',
      'local x=-A',
      'declare -f -F x',
      'echo declare -A',
      'export -n x',
      'sort -n',
      '"local -n"',
      'local -r x=1',
    ],
  ],
  ['readonly -A', ['readonly -A x'], ['readonly -a x', 'readonly A=-A']],
  ['&>>', ['x &>>y', 'x&>>y'], ['x >>y 2>&1', 'x &>y', "echo '&>>'", 'x & >>y echo', '# x &>>y']],
  ['|&', ['x |& y'], ['x 2>&1 | y', 'x | y &', "echo '|&'", '[[ $x == a\\|\\& ]]', 'x || y & z']],
  [';&', ['case $1 in a) x ;& b) y ;; esac'], ['case $1 in a) x & ;; esac', "echo ';&'"]],
  [';;&', ['case $1 in a) x ;;& b) y ;; esac'], ["case $1 in a) x ;; '&') y ;; esac"]],
  [
    'printf %( … )T',
    ["printf '%(%F)T' -1", "printf -v x '%(%F)T\\n'", 'printf -- "%10(%F)T"', "x=$(printf 'at %(%F %T)T')"],
    [
      "printf '%s\\n' '%(%F)T'",
      "echo '%(%F)T'",
      "date '+%(F)T'",
      "printf '%%(x)T'",
      "printf '(%d)T' 1",
      "# printf '%(x)T'",
    ],
  ],
  [
    'test -v',
    [
      '[[ -v x ]]',
      '[ -v x ]',
      'test -v x',
      '[[ ! -v x ]]',
      '[[ $x == y && -v z ]]',
      'if [ "$x" = y ] || [ -v z ]; then :; fi',
      '[[ -R x ]]',
    ],
    [
      '[ "$1" = -v ]',
      '[[ $1 == -v ]]',
      'command -v x',
      '[ -n "$x" ] && x -v y',
      '[[ -v ]]',
      '[ "-" = "-v" ]',
      'grep -v x',
    ],
  ],
  ['coproc', ['coproc x', 'coproc { x; }'], ['echo coproc', 'coproc=1', 'x coproc']],
  ['wait -n', ['wait -n'], ['wait', 'wait $!', 'x wait -n']],
  [
    read,
    ['read -N 1 x', 'read -rN 1 x', 'read -e -i a x', 'read -t 0.5 x', 'read -t.5 x'],
    ['read -r x', 'read -n 1 x', 'read -t 1 x', 'read -rp 0.5 x', 'echo read -N 1'],
  ],
])('%s', (construct, finds, lookAlikes) => {
  test.each(finds)('is found: %s', (script) => {
    expect(found(script)).toEqual([construct]);
  });
  test.each(lookAlikes)('is not in: %s', (script) => {
    expect(found(script)).toEqual([]);
  });
});

test('names each construct with its line, also in a nested script', () => {
  const script = `#!/bin/sh
x=$(
  case $1 in
    a) ;;
  esac
)
cat <<E
one
E
bash -s <<'SCRIPT'
mapfile x
SCRIPT
/bin/sh -c '
coproc y' sh "$x"
echo \${x,,}
`;
  expect(missingInBash32(script)).toEqual([
    { line: 4, construct: caseInside },
    { line: 11, construct: 'mapfile' },
    { line: 14, construct: 'coproc' },
    { line: 15, construct: changed },
  ]);
});

test('finds nested scripts', () => {
  expect(
    innerScripts(
      `as_user /bin/sh -c 'echo "$1"' sh x\nsudo sh -s -- "$2" <<'E'\necho 1\nE\nsh -c "$x"\ngrep -c 'x' y\n`,
    ),
  ).toEqual([
    { line: 1, text: 'echo "$1"' },
    { line: 3, text: 'echo 1\n' },
  ]);
});

test.each(["'", '"', '$(', '${', '`', 'case', 'case x in', '((', '[[', 'x=(', '<<E', ')', '}', ''])(
  'what is not whole ends the scan as well: %s',
  (script) => {
    expect(found(script)).toEqual([]);
  },
);
