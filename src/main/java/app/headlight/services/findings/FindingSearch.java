package app.headlight.services.findings;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.claims.Standing;
import app.headlight.services.claims.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Searches findings, and lists what they can be filtered by. */
@Service
public class FindingSearch {

    private static final int MOST_WORDS = 20;

    private final JdbcClient jdbc;

    FindingSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A page of the findings that match the query. */
    public FindingPage page(FindingQuery query) {
        List<Object> values = new ArrayList<>();
        String where = where(query, values);
        long total = jdbc.sql("select count(*)" + FindingRows.FROM + where)
                .params(values)
                .query(Long.class)
                .single();
        values.add((long) query.page() * query.size());
        values.add(query.size());
        String order = switch (query.order()) {
            case NEWEST -> "";
            case MOST_CONFIRMED -> "f.confirmations desc, f.disputes, ";
            case MOST_DISPUTED -> "f.disputes desc, f.confirmations, ";
        };
        List<Finding> findings = jdbc.sql(FindingRows.SELECT + where + "order by " + order
                        + "v.made_at desc, f.id desc offset ? rows fetch next ? rows only")
                .params(values)
                .query(FindingRows::finding)
                .list();
        return new FindingPage(findings, total);
    }

    /** The badges of the heads of a model that findings are about. */
    public Map<HeadId, Badge> badges(String model) {
        Map<HeadId, Badge> badges = new TreeMap<>();
        jdbc.sql("select v.sort, v.subject, v.kind, f.confirmations, (select array_agg(" + FindingRows.VERDICT + ")"
                        + FindingRows.CLAIMS + ") as verdicts" + FindingRows.FROM
                        + "and v.model = ? and v.sort in ('HEAD', 'PAIR')"
                        + " order by f.confirmations desc, f.disputes, v.made_at desc, f.id desc")
                .param(model)
                .query(row -> {
                    boolean alone = row.getString("sort").equals("HEAD");
                    String label = alone ? row.getString("kind") : "";
                    int confirmations = label.isEmpty() ? 0 : row.getInt("confirmations");
                    Standing standing = FindingRows.standing(row);
                    for (String head : row.getString("subject").split("-")) {
                        badges.merge(
                                HeadId.parse(head), new Badge(label, confirmations, 1, standing), FindingSearch::join);
                    }
                });
        return badges;
    }

    /** The kinds that are in use, most used first. */
    public List<String> kinds() {
        return jdbc.sql("select v.kind" + FindingRows.FROM
                        + "and v.kind <> '' group by v.kind order by count(*) desc, v.kind")
                .query(String.class)
                .list();
    }

    /** The tags that are in use, most used first. */
    public List<String> tags() {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("select v.tags" + FindingRows.FROM + "and v.tags <> ''")
                .query(String.class)
                .list()
                .forEach(joined -> FindingRows.tags(joined).forEach(tag -> counts.merge(tag, 1, Integer::sum)));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The accounts that have findings, by name. */
    public List<Author> authors() {
        return jdbc.sql("select distinct f.author_id, a.name as by_name" + FindingRows.FROM
                        + "and a.id is not null order by by_name, f.author_id")
                .query((row, index) -> FindingRows.author(row, "author_id"))
                .list();
    }

    private static Badge join(Badge first, Badge second) {
        Badge named = first.label().isEmpty() ? second : first;
        return new Badge(
                named.label(),
                named.confirmations(),
                first.findings() + second.findings(),
                first.claims().plus(second.claims()));
    }

    private static String where(FindingQuery query, List<Object> values) {
        StringBuilder where = new StringBuilder();
        if (query.model() != null) {
            where.append("and v.model = ? ");
            values.add(query.model());
        }
        if (query.head() != null) {
            where.append("and (v.sort = 'HEAD' and v.subject = ?"
                    + " or v.sort = 'PAIR' and (v.subject like ? or v.subject like ?)) ");
            values.addAll(List.of(query.head().toString(), query.head() + "-%", "%-" + query.head()));
        }
        if (query.kind() != null) {
            where.append("and v.kind = ? ");
            values.add(query.kind());
        }
        if (query.verdict() != null) {
            where.append("and exists (select 1").append(FindingRows.CLAIMS);
            if (query.verdict() == Verdict.HOLDS) {
                where.append(") and not exists (select 1")
                        .append(FindingRows.CLAIMS)
                        .append(" and ");
                where.append(FindingRows.VERDICT).append(" <> 'HOLDS') ");
            } else {
                where.append(" and ").append(FindingRows.VERDICT).append(" = ?) ");
                values.add(query.verdict().name());
            }
        }
        if (query.author() != null) {
            where.append("and ").append(FindingRows.BY);
            values.addAll(List.of(query.author(), query.author()));
        }
        if (query.tag() != null) {
            where.append("and v.tags like ? escape '!' ");
            values.add("%\n" + literally(query.tag().toLowerCase(Locale.ROOT)) + "\n%");
        }
        if (query.words() != null && !query.words().isBlank()) {
            String[] words = query.words().strip().toLowerCase(Locale.ROOT).split("\\s+");
            for (int i = 0; i < Math.min(words.length, MOST_WORDS); i++) {
                where.append("and f.search like ? escape '!' ");
                values.add("%" + literally(words[i].replace("\0", "")) + "%");
            }
        }
        return where.toString();
    }

    private static String literally(String words) {
        return words.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
