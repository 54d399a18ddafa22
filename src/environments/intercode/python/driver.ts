/**
 * What runs in the sandbox for InterCode Python: executes pieces of code one after the other in one set of globals, and prints for each what the original's
 * server answers: `{'output': ..., 'error': ...}` with both streams stripped, or `{'error': 'Error: ...'}` after an exception. What the server imports for
 * itself (`sys`, `StringIO`) is there without an import, as it is there; `from x import y` alone is taken for an expression, and fails.
 */
export const pythonDriver = `
import ast, contextlib, io, json, os, sys
job = json.loads(sys.argv[1])
real = os.fdopen(os.dup(1), 'w')

def wrap(code):
    if code.strip().startswith('def '):
        return code
    for node in ast.walk(ast.parse(code.strip())):
        if isinstance(node, (ast.Assign, ast.Import)):
            return code
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == 'print':
            return code
    return code if code.strip().startswith('assert') else 'print(' + code + ')'

def run(code, space):
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            exec(code, space)
    except (Exception, SystemExit) as error:
        return repr({'error': 'Error: ' + str(error)})
    return repr({'output': out.getvalue().strip(), 'error': err.getvalue().strip()})

answers = []
for session in job:
    space = {'__name__': '__main__', 'sys': sys, 'StringIO': io.StringIO}
    answers.append([])
    for piece in session:
        code = piece['code']
        if piece.get('wrap'):
            try:
                code = wrap(code)
            except Exception as error:
                answers[-1].append({'text': 'Error executing action: ' + str(error), 'code': None})
                continue
        answers[-1].append({'text': run(code, space), 'code': code})
real.write('\\x1e' + json.dumps(answers) + '\\x1e')
real.flush()
os._exit(0)
`
