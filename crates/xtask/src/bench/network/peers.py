import resource, sys

peer, path, within = sys.argv[1], sys.argv[2], int(sys.argv[3])
if peer == "duckdb":
    import duckdb

    edges, weight = duckdb.sql(f"""
        with r as (select distinct account_id a, object_id o, content_id c, timestamp_share t from '{path}')
        select count(*), sum(w) from (
            select x.a, y.a, count(*) w, count(distinct x.o), avg(abs(x.t - y.t))
            from r x join r y on x.o = y.o and x.a < y.a and x.t between y.t - {within} and y.t + {within}
            group by 1, 2)""").fetchall()[0]
else:
    import polars as pl

    # Bins as wide as the window, each row looked for in its own bin and the next: without them the join is quadratic.
    rows = pl.scan_csv(path).unique().with_columns(bin=pl.col("timestamp_share") // max(within, 1))
    near = pl.concat([rows, rows.with_columns(bin=pl.col("bin") + 1), rows.with_columns(bin=pl.col("bin") - 1)])
    answer = (
        rows.join(near, on=["object_id", "bin"], suffix="_y")
        .filter((pl.col("account_id") < pl.col("account_id_y"))
                & ((pl.col("timestamp_share") - pl.col("timestamp_share_y")).abs() <= within))
        .group_by("account_id", "account_id_y")
        .agg(pl.len().alias("w"), pl.col("object_id").n_unique())
        .select(pl.len(), pl.col("w").sum().alias("s"))
        .collect(engine="streaming")
    )
    edges, weight = answer.row(0)
used = resource.getrusage(resource.RUSAGE_SELF)
print("=", edges, weight, f"{used.ru_utime + used.ru_stime:.2f}", used.ru_maxrss // 1024)
