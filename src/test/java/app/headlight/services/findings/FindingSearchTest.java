package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.Databases.Kind;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.services.claims.Standing;
import app.headlight.services.findings.FindingQuery.Order;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingSearchTest extends OnBothDatabases {

    @Test
    void eachFilterKeepsWhatMatchesAndTheyJoin() {
        add(ada, "a", Subject.ofHead("toy", new HeadId(1, 1)), "induction", "x");
        add(ben, "b", Subject.ofHead("toy", new HeadId(1, 11)), "copying", "x y");
        add(ben, "c", Subject.ofPair("toy", new HeadId(0, 4), new HeadId(1, 1)), "induction", "y");
        add(ada, "d", Subject.ofToken("other", 3), "bigram", "y");
        add(ada, "e", Subject.ofModel("other"), "", "z");
        FindingQuery all = FindingQuery.all(10);
        assertThat(titles(all)).containsExactly("e", "d", "c", "b", "a");
        assertThat(titles(FindingQuery.of("toy", 10))).containsExactly("c", "b", "a");
        assertThat(titles(all.withHead(new HeadId(1, 1)))).containsExactly("c", "a");
        assertThat(titles(all.withKind("induction"))).containsExactly("c", "a");
        assertThat(titles(all.withAuthor(ben.id()))).containsExactly("c", "b");
        assertThat(titles(all.withTag("X y"))).containsExactly("b");
        assertThat(titles(all.withTag("y"))).containsExactly("d", "c");
        assertThat(titles(FindingQuery.of("toy", 10).withKind("induction").withAuthor(ada.id())))
                .containsExactly("a");
        assertThat(node.search.kinds()).containsExactly("induction", "bigram", "copying");
        assertThat(node.search.tags()).containsExactly("y", "x", "x y", "z");
        assertThat(node.search.authors()).extracting(Author::name).containsExactly("Ada", "Ben");
    }

    @Test
    void wordsAreFoundInTitleTextAndTagsAndMeanThemselves() {
        add(ada, "The Eiffel ÉTÉ", Subject.ofModel("toy"), "", "tower");
        add(ada, "100% sure_of [it]", Subject.ofModel("toy"), "", "a!b");
        FindingQuery all = FindingQuery.all(10);
        assertThat(titles(all.withWords("eiffel"))).containsExactly("The Eiffel ÉTÉ");
        assertThat(titles(all.withWords("été TOWER back"))).containsExactly("The Eiffel ÉTÉ");
        assertThat(titles(all.withWords("eiffel sure"))).isEmpty();
        assertThat(titles(all.withWords("0%"))).containsExactly("100% sure_of [it]");
        assertThat(titles(all.withWords("0%s"))).isEmpty();
        assertThat(titles(all.withWords("e_o"))).containsExactly("100% sure_of [it]");
        assertThat(titles(all.withWords("l_e"))).isEmpty();
        assertThat(titles(all.withWords("a!b"))).containsExactly("100% sure_of [it]");
        assertThat(titles(all.withWords("\\"))).isEmpty();
        assertThat(titles(all.withWords("' or 1=1 --"))).isEmpty();
        assertThat(titles(all.withWords("\0"))).hasSize(2);
        assertThat(titles(all.withWords("   "))).hasSize(2);
        assertThat(titles(all.withTag("%"))).isEmpty();
        Finding edited = node.search.page(all.withWords("eiffel")).findings().getFirst();
        node.findings.edit(ada, edited.id(), 1, Node.content("changed", "L0H0"));
        assertThat(titles(all.withWords("eiffel"))).isEmpty();
        assertThat(titles(all.withWords("changed"))).hasSize(1);
    }

    @Test
    void theMostConfirmedAndTheMostDisputedComeFirst() {
        Finding one = add(ada, "one", Subject.ofModel("toy"), "", "x");
        Finding two = add(ada, "two", Subject.ofModel("toy"), "", "x");
        Finding three = add(ada, "three", Subject.ofModel("toy"), "", "x");
        Account eve = node.member("Eve");
        node.discussion.vote(ben, one.id(), true, "");
        node.discussion.vote(eve, one.id(), true, "");
        node.discussion.vote(ben, two.id(), true, "");
        node.discussion.vote(eve, two.id(), false, "no");
        FindingQuery all = FindingQuery.all(10);
        assertThat(titles(all.withOrder(Order.MOST_CONFIRMED))).containsExactly("one", "two", "three");
        assertThat(titles(all.withOrder(Order.MOST_DISPUTED))).containsExactly("two", "three", "one");
        node.findings.edit(ada, one.id(), 1, Node.content("one again", "L0H0"));
        assertThat(titles(all)).containsExactly("one again", "three", "two");
        assertThat(three.version()).isEqualTo(1);
    }

    @Test
    void pagesHoldEachFindingOnce() {
        for (int i = 0; i < 25; i++) {
            add(ada, "t" + i, Subject.ofModel("toy"), "", "x");
        }
        Set<Long> seen = new HashSet<>();
        for (int page = 0; page < 4; page++) {
            FindingPage found = node.search.page(FindingQuery.all(7).withPage(page));
            assertThat(found.total()).isEqualTo(25);
            assertThat(found.findings()).hasSize(page < 3 ? 7 : 4);
            found.findings()
                    .forEach(finding -> assertThat(seen.add(finding.id())).isTrue());
        }
        assertThatThrownBy(() -> FindingQuery.all(201)).hasMessageContaining("200");
    }

    @Test
    void aBadgeNamesTheMostConfirmedKind() {
        Finding copying = add(ada, "a", Subject.ofHead("toy", new HeadId(1, 3)), "copying", "x");
        Finding induction = add(ada, "b", Subject.ofHead("toy", new HeadId(1, 3)), "induction", "x");
        add(ada, "c", Subject.ofHead("toy", new HeadId(1, 3)), "", "x");
        add(ada, "d", Subject.ofPair("toy", new HeadId(0, 4), new HeadId(1, 3)), "composition", "x");
        add(ada, "e", Subject.ofHead("other", new HeadId(0, 0)), "bigram", "x");
        node.discussion.vote(ben, copying.id(), false, "no");
        node.discussion.vote(ben, induction.id(), true, "");
        assertThat(node.search.badges("toy"))
                .isEqualTo(Map.of(
                        new HeadId(1, 3),
                        new Badge("induction", 1, 4, Standing.NONE),
                        new HeadId(0, 4),
                        new Badge("", 0, 1, Standing.NONE)));
    }

    @Test
    void thousandsAreSearchedAtOnce() {
        Finding first = add(ada, "needle", Subject.ofHead("toy", new HeadId(0, 0)), "induction", "x");
        String filler = "the head at this place looks back at the token before it ".repeat(20);
        node.jdbc.sql("update finding set search = ?").param("needle " + filler).update();
        for (int doubled = 0; doubled < 13; doubled++) {
            node.jdbc
                    .sql("insert into finding (uuid, author_id, author_name, created_at, version, search) select "
                            + (kind == Kind.H2 ? "random_uuid()" : "gen_random_uuid()")
                            + ", author_id, author_name, created_at, -id, replace(search, 'needle', 'hay')"
                            + " from finding")
                    .update();
            node.jdbc
                    .sql("insert into finding_version select f.id, 1, 0, v.editor_id, v.editor_name, v.made_at,"
                            + " v.model, v.sort, v.subject, v.title, v.markdown, v.tags, v.kind, v.confidence,"
                            + " v.view_address, v.model_hash from finding f join finding_version v on v.finding_id"
                            + " = -f.version and v.number = 1 where f.version < 0")
                    .update();
            node.jdbc.sql("update finding set version = 1 where version < 0").update();
        }
        assertThat(node.search.page(FindingQuery.all(20)).total()).isEqualTo(8192);
        for (FindingQuery query : List.of(
                FindingQuery.all(20),
                FindingQuery.of("toy", 20),
                FindingQuery.all(20).withWords("needle back"),
                FindingQuery.all(20).withOrder(Order.MOST_CONFIRMED))) {
            long begun = System.nanoTime();
            FindingPage page = node.search.page(query);
            System.out.printf("%s: a page of 8,192 findings in %d ms%n", kind, (System.nanoTime() - begun) / 1_000_000);
            assertThat(page.findings()).isNotEmpty();
        }
        assertThat(node.search.page(FindingQuery.all(20).withWords("needle")).findings())
                .extracting(Finding::id)
                .containsExactly(first.id());
    }

    private Finding add(Account by, String title, Subject subject, String kind, String tag) {
        return node.findings.add(
                by, new Content(subject, title, "It looks **back**.", List.of(tag), kind, 70, "explore?model=toy"));
    }

    private List<String> titles(FindingQuery query) {
        return node.search.page(query).findings().stream()
                .map(finding -> finding.content().title())
                .toList();
    }
}
