package dev.longe.review;

import dev.longe.core.Candidate;
import dev.longe.core.Commit;
import dev.longe.core.Invariant;
import dev.longe.core.Reason;
import dev.longe.core.Receipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dossier as structured data. Keys are added in later versions, never removed. */
public final class DossierData {
  private DossierData() {}

  public static Map<String, Object> of(Dossier d) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("intent", d.intent());
    m.put("says", d.says());
    m.put("reason", d.reason().map(Reason::code));
    m.put("candidate", d.candidate().map(Candidate::commit).map(Commit::id));
    m.put("omissions", d.candidate().map(Candidate::omissions).orElse(List.of()));
    m.put("outsideLinks", d.candidate().map(Candidate::outsideLinks).orElse(List.of()));
    m.put("tier", d.candidate().map(_ -> d.tier().word()));
    m.put("tierReasons", d.candidate().map(_ -> d.tierReasons()));
    m.put("changed", d.changed());
    m.put("checked", d.checked().stream().map(DossierData::checked).toList());
    m.put("unchecked", d.unchecked());
    m.put("protectedTouched", d.protectedTouched());
    m.put("attempts", d.attempts());
    m.put("dropped", d.dropped());
    m.put("remarks", d.remarks());
    m.put("remarksMore", d.remarksMore());
    m.put("dependencies", d.dependencies());
    m.put("invariants", d.invariants().stream().map(Invariant::id).toList());
    m.put("claims", d.claims());
    m.put("reading", d.reading());
    m.put("cost", d.cost());
    m.put("undo", d.undo());
    m.put("next", d.next());
    return m;
  }

  private static Map<String, Object> checked(Dossier.Checked c) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", c.name());
    m.put("verdict", c.verdict().word());
    m.put("redOnBase", c.red());
    m.put("opinion", c.opinion());
    m.put("receipt", c.receipt().map(Receipt::id));
    m.put("ran", c.receipt().map(Receipt::ran));
    m.put("tree", c.receipt().map(Receipt::tree));
    m.put("exit", c.receipt().map(Receipt::exit));
    m.put("hint", c.hint());
    return m;
  }
}
