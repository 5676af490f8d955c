"""Writes the tape of these tests as pandas, polars and DuckDB write Parquet, and polars and pyarrow Arrow: python make-fixtures.py"""
import json
import duckdb, pandas as pd, polars as pl, pyarrow as pa, pyarrow.parquet as pq

metadata = json.dumps({
    "schemaVersion": 1,
    "instruments": [
        {"symbol": "XYZ", "tickSize": "0.01", "lotSize": "1", "priceScale": 4, "feed": "l3"},
        {"symbol": "ABC", "tickSize": "0.5", "lotSize": "0.001", "feed": "l2"},
    ],
})
start = 1_767_623_400_000_000_000
rows = [
    (start + 1_000, "XYZ", "add", 1, 1_000_000, 100, 1, 1),
    (start + 2_000, "XYZ", "add", -1, 1_000_100, 50, 2, 1),
    (start + 2_000, "ABC", "level", 1, 1000, 1500, 0, 1),
    (start + 3_000, "XYZ", "execute", -1, 1_000_100, 20, 2, 0),
    (start + 3_000, "XYZ", "hidden", 0, 1_000_050, 5, 0, 1),
    (start + 4_000, "XYZ", "remove", 0, 0, 0, 1, 1),
]
names = ["ns", "symbol", "action", "side", "price", "qty", "orderId", "flags"]
frame = pd.DataFrame(rows, columns=names)
frame.insert(0, "time", pd.to_datetime(frame.pop("ns"), unit="ns", utc=True))

tape = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata({"paperpit.tape": metadata})
pq.write_table(tape, "pandas.parquet", row_group_size=4)

polars = pl.from_arrow(tape)
polars.write_parquet("polars.parquet", metadata={"paperpit.tape": metadata})
polars.write_ipc_stream("polars.arrow", compat_level=pl.CompatLevel.oldest())
open("polars.arrow.json", "w").write(metadata)
for packing in ["lz4", "zstd"]:
    polars.write_ipc(f"polars-{packing}.arrow", compression=packing)
    open(f"polars-{packing}.arrow.json", "w").write(metadata)

# A recorded feed: phases, and when things happened by the exchange's clock, where it said so. In row groups of two rows.
live = json.dumps({"schemaVersion": 2, "instruments": [{"symbol": "XYZ", "tickSize": "0.01", "lotSize": "1", "feed": "l2"}]})
live_rows = [
    (start + 1_000_000, start + 400_000, "XYZ", "preOpen", 0, 0, 0),
    (start + 2_000_000, None, "XYZ", "level", 1, 10_000, 100),
    (start + 3_000_000, start + 2_900_001, "XYZ", "continuous", 0, 0, 0),
    (start + 3_000_000, None, "XYZ", "trade", -1, 10_000, 5),
    (start + 4_000_000, start + 4_500_000, "XYZ", "halt", 0, 0, 0),
]
moments = {"time": pa.timestamp("ns", "UTC"), "exchangeTime": pa.timestamp("ns", "UTC")}
names = ["time", "exchangeTime", "symbol", "action", "side", "price", "qty"]
# Not by way of pandas, which makes floats of a column with gaps and loses nanoseconds.
feed = pa.table({name: pa.array([row[i] for row in live_rows], moments.get(name)) for i, name in enumerate(names)})
feed = feed.replace_schema_metadata({"paperpit.tape": live})
pq.write_table(feed, "feed.parquet", row_group_size=2)
# Texts by 64-bit indices, as nothing says that they are narrow.
action = feed["action"].combine_chunks().dictionary_encode()
action = pa.DictionaryArray.from_arrays(action.indices.cast(pa.int64()), action.dictionary)
feed = feed.set_column(feed.schema.get_field_index("action"), "action", action)
packed = pa.ipc.IpcWriteOptions(compression="zstd")
for out in [pa.ipc.new_stream("feed.arrow", feed.schema), pa.ipc.new_file("feed-zstd.arrow", feed.schema, options=packed)]:
    for batch in feed.to_batches(max_chunksize=2):
        out.write_batch(batch)
        out.write_batch(batch.slice(0, 0))
    out.close()

duckdb.sql("SET TimeZone = 'UTC'")
duckdb.sql("COPY (SELECT * FROM tape) TO 'duckdb.parquet' (FORMAT parquet, KV_METADATA {'paperpit.tape': '%s'})" % metadata)
