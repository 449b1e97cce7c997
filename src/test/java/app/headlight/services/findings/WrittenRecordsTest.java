package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WrittenRecordsTest extends OnBothDatabases {

    @Test
    void allThatAPersonWroteIsExported() {
        long own = node.findings.add(ada, Node.content("hers", "L0H0")).id();
        long bens = node.findings.add(ben, Node.content("his", "L0H0")).id();
        long gone = node.findings.add(ada, Node.content("deleted", "L0H0")).id();
        node.findings.delete(ada, gone);
        node.findings.edit(new Account(ada.id(), "Ada", Role.ADMIN), bens, 1, Node.content("mended", "L0H0"));
        node.discussion.comment(ada, bens, "her comment");
        node.discussion.vote(ada, bens, false, "her reason");
        node.links.code(ada, "explore?model=hers");
        node.collections.add(ada, node.collections.create(ada, "her talk").id(), own, "her notes");
        JsonNode records = node.records.export(ada.id());
        assertThat(records.path("findings").findValuesAsString("title")).containsExactly("hers");
        assertThat(records.path("other_versions").findValuesAsString("title")).containsExactly("deleted", "mended");
        assertThat(records.path("comments").findValuesAsString("text")).containsExactly("her comment");
        assertThat(records.path("votes").findValuesAsString("reason")).containsExactly("her reason");
        assertThat(records.path("collections").findValuesAsString("notes")).containsExactly("her notes");
        assertThat(records.path("short_links").findValuesAsString("address")).containsExactly("explore?model=hers");
    }

    @Test
    void whatOnlyThisPersonHasGoesAndTheRestIsNobodys() {
        long alone = node.findings.add(ada, Node.content("alone", "L0H0")).id();
        node.discussion.comment(ada, alone, "to myself");
        List<Long> needed = new ArrayList<>();
        for (String title : List.of("voted", "commented", "edited", "collected")) {
            needed.add(node.findings.add(ada, Node.content(title, "L0H0")).id());
        }
        node.discussion.vote(ben, needed.get(0), true, "");
        node.discussion.comment(ben, needed.get(1), "see");
        node.findings.edit(root, needed.get(2), 1, Node.content("by root", "L0H0"));
        node.collections.add(ben, node.collections.create(ben, "his").id(), needed.get(3), "");
        long deleted = node.findings.add(ada, Node.content("deleted", "L0H0")).id();
        node.discussion.vote(ben, deleted, true, "");
        node.findings.delete(ada, deleted);
        long bens = node.findings.add(ben, Node.content("his", "L0H0")).id();
        node.discussion.vote(ada, bens, true, "");
        node.discussion.comment(ada, bens, "her comment");
        node.presentations.start(ada, node.collections.create(ada, "hers").id());
        String code = node.links.code(ada, "explore?model=hers");

        node.records.delete(ada.id());

        assertThat(node.findings.find(alone)).isEmpty();
        for (long id : needed) {
            assertThat(node.findings.find(id).orElseThrow().author()).isEqualTo(new Author(null, "a former member"));
            assertThat(node.findings.versions(id))
                    .extracting(version -> version.editor().name())
                    .doesNotContain("Ada");
        }
        assertThat(node.findings.find(bens).orElseThrow())
                .satisfies(his -> assertThat(his.confirmations()).isZero())
                .satisfies(his -> assertThat(his.comments()).isZero());
        assertThat(node.collections.all()).extracting(FindingCollection::title).containsExactly("his");
        assertThat(node.links.address(code)).isPresent();
        assertThat(node.records.export(ada.id()))
                .allSatisfy(records -> assertThat(records.size()).isZero());
        assertThat(node.jdbc
                        .sql("select count(*) from finding where deleted_at is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
        node.jdbc.sql("delete from account where id = ?").param(ada.id()).update();
        assertThat(node.search.page(FindingQuery.all(10)).total()).isEqualTo(5);
    }
}
