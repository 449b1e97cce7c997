package app.headlight.services.findings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The reactions to the findings that a person is an author of, and which of them the person has seen. */
@Service
public class Reactions {

    private static final String SAID = """
        select f.id, f.title, x.sort, x.by_id, x.by_name, x.made_at,
               case when s.seen_at >= x.made_at then true else false end as seen
        from (select f.id, v.title from finding f join finding_version v on v.finding_id = f.id and v.number = f.version
              where f.deleted_at is null and
        """ + FindingRows.BY + """
        ) f join (select c.finding_id, 'COMMENT' as sort, c.author_id as by_id,
                         coalesce(a.name, c.author_name) as by_name, c.made_at
                  from finding_comment c left join account a on a.id = c.author_id
                  union all
                  select v.finding_id, case when v.confirms then 'CONFIRMATION' else 'DISPUTE' end, v.account_id,
                         a.name, v.made_at
                  from finding_vote v join account a on a.id = v.account_id) x on x.finding_id = f.id
        left join finding_seen s on s.finding_id = f.id and s.account_id = ?
        where (x.by_id is null or x.by_id <> ?)
        """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Reactions(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /**
     * The newest first.
     *
     * @param most how many
     */
    public List<Reaction> latest(long account, int most) {
        return jdbc.sql(SAID + " order by x.made_at desc, f.id fetch first ? rows only")
                .params(account, account, account, account, most)
                .query(Reactions::reaction)
                .list();
    }

    /** How many they have not seen. */
    public int unseen(long account) {
        return jdbc.sql("select count(*) from (" + SAID + ") r where not r.seen")
                .params(account, account, account, account)
                .query(Integer.class)
                .single();
    }

    /** Marks all reactions to a finding as seen. */
    public void see(long account, long finding) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select id from finding where id = ? for update")
                    .param(finding)
                    .query(Long.class)
                    .optional();
            int there = jdbc.sql("update finding_seen set seen_at = ? where finding_id = ? and account_id = ?")
                    .params(Limits.now(), finding, account)
                    .update();
            if (there == 0) {
                jdbc.sql("insert into finding_seen (finding_id, account_id, seen_at) values (?, ?, ?)")
                        .params(finding, account, Limits.now())
                        .update();
            }
        });
    }

    private static Reaction reaction(ResultSet row, int index) throws SQLException {
        return new Reaction(
                row.getLong("id"),
                row.getString("title"),
                Reaction.Sort.valueOf(row.getString("sort")),
                FindingRows.author(row, "by_id"),
                FindingRows.time(row, "made_at"),
                row.getBoolean("seen"));
    }
}
