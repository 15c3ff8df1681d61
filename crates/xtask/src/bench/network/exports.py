import networkx as nx

for graph in (nx.read_gexf("target/bench/edges.gexf"), nx.read_graphml("target/bench/edges.graphml")):
    assert all(type(v["weight"]) is float and type(v["objects"]) is int for _, _, v in graph.edges(data=True))
    print(f"{graph.number_of_nodes()} nodes, {graph.number_of_edges()} edges")
