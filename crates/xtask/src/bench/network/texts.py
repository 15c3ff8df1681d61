import resource, sys
from datasketch import MinHash, MinHashLSH

texts = open(sys.argv[1]).read().split("\n")
variants = int(sys.argv[2])
lsh, sketches = MinHashLSH(threshold=0.5, num_perm=128), []
for at, text in enumerate(texts):
    data = text.encode()
    sketch = MinHash(num_perm=128)
    sketch.update_batch({data[i:i + 5] for i in range(max(1, len(data) - 4))})
    sketches.append(sketch)
    lsh.insert(at, sketch)
found = strangers = 0
for at, sketch in enumerate(sketches):
    for other in lsh.query(sketch):
        if other > at:
            same = at // variants == other // variants
            found += same
            strangers += not same
planted = len(texts) // variants * variants * (variants - 1) // 2
used = resource.getrusage(resource.RUSAGE_SELF)
print(f"{100 * found / planted:.1f} % | {strangers} | {used.ru_utime + used.ru_stime:.2f}")
