"""Throw-away: run the pycon blocks of a page and write what they say now."""
import os, sys, re, doctest, io, contextlib, traceback, tempfile
os.environ["COLUMNS"]="80"
from pathlib import Path
FENCE = re.compile(r"(^```(\w*)\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
import pytest
def run(page):
    names={}; text=page.read_text(); out=[]; last=0; bad=[]
    for m in FENCE.finditer(text):
        out.append(text[last:m.start(3)]); body=m[3]
        if m[2]=="pycon":
            new=[]
            lines=body.splitlines()
            i=0
            while i<len(lines):
                if not lines[i].startswith(">>> "): i+=1; continue
                src=[lines[i]]; i+=1
                while i<len(lines) and lines[i].startswith("..."): src.append(lines[i]); i+=1
                want=[]
                while i<len(lines) and not lines[i].startswith(">>> "): want.append(lines[i]); i+=1
                code="\n".join(l[4:] for l in src)+"\n"
                buf=io.StringIO(); old="\n".join(want).strip("\n")
                try:
                    with contextlib.redirect_stdout(buf): exec(compile(code,"<x>","single"),names)
                    got=buf.getvalue()
                except BaseException as e:
                    got=None
                    if "Traceback" not in old: bad.append((page.name,code[:80],repr(e)[:160]))
                FL=doctest.ELLIPSIS|doctest.NORMALIZE_WHITESPACE
                new+=src
                tail=[""] if want and want[-1]=="" else []
                if got is None or doctest.OutputChecker().check_output(old+"\n" if old else "",got,FL): new+=want
                else: new+=[l.rstrip() for l in got.rstrip("\n").splitlines()]+tail
            body="\n".join(new)+"\n"
        out.append(body); last=m.end(3)
    out.append(text[last:])
    new="".join(out)
    if new!=text: page.write_text(new); print("changed",page)
    for b in bad: print("FAILS",b)
for a in sys.argv[1:]: run(Path(a))
