# What ro-crate-py, mlcroissant and repro_eval make of a study's files. Reaches no network.
import json
import logging
import os
import sys

logging.disable(logging.CRITICAL)


def crate(folder):
    from rocrate.rocrate import ROCrate

    read = ROCrate(folder)
    files = [part for part in read.data_entities if part.type == "File"]
    return {
        "name": read.name,
        "date": read.datePublished.strftime("%Y-%m-%d"),
        "files": sorted(part.id for part in files),
        "missing": [part.id for part in files if os.path.getsize(os.path.join(folder, part.id)) != int(part["contentSize"])],
        "datasets": [one["name"] for one in read.get_entities() if one.id.startswith("#data-")],
    }


def croissants(names, rows):
    import mlcroissant

    found = {}
    for name in names:
        dataset = mlcroissant.Dataset(jsonld=name)
        issues = dataset.metadata.issues
        found[name] = {"errors": sorted(issues.errors), "warnings": sorted(issues.warnings, reverse=True)}
        if name == rows:
            sides = ["queries", "passages"]
            found[name]["rows"] = {side: sum(1 for _ in dataset.records(f"{side}-rows")) for side in sides}
    return found


def headed(run, folder, others, qrels):
    from repro_eval.metadata import MetadataAnalyzer, MetadataHandler, PrimadExperiment

    # Its own evaluator; that of all measures wants judgements of another shape than pandas 3 gives it.
    experiment = PrimadExperiment(ref_base_path=run, primad="priMad", rep_base=others, rpd_qrels=qrels)
    values = {
        os.path.basename(name): experiment.rpd_rel_eval.evaluate(MetadataHandler.strip_metadata(name))
        for name in [run, *others]
    }
    return {
        "tag": MetadataHandler.read_metadata(run)["tag"],
        "primad": dict(MetadataAnalyzer(run).analyze_directory(folder)),
        "map": {name: of["q1"]["map"] for name, of in values.items()},
    }


question = json.load(sys.stdin)
if "crate" in question:
    answer = crate(question["crate"])
elif "croissants" in question:
    answer = croissants(question["croissants"], question["rows"])
else:
    answer = headed(question["run"], question["folder"], question["others"], question["qrels"])
sys.stdout.write(json.dumps(answer))
