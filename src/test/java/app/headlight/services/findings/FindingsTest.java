package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.XssPayloads;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.NotAllowedException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FindingsTest extends OnBothDatabases {

    @Test
    void whatWasWrittenIsReadAgain() {
        Content content = new Content(
                Subject.ofToken("toy", 12),
                " L1H3 copies “é𝄞” ",
                "one\r\ntwo | \t ‘\u202e’",
                List.of("B", "a b", "b"),
                "",
                0,
                "/explore?model=toy");
        Finding added = node.findings.add(ada, content);
        Finding found = node.findings.find(added.id()).orElseThrow();
        assertThat(found).isEqualTo(added);
        assertThat(found.content()).isEqualTo(content);
        assertThat(found.content().title()).isEqualTo("L1H3 copies “é𝄞”");
        assertThat(found.content().markdown()).isEqualTo("one\ntwo | \t ‘\u202e’");
        assertThat(found.content().tags()).containsExactly("b", "a b");
        assertThat(found.content().view()).isEqualTo("explore?model=toy");
        assertThat(found.author()).isEqualTo(new Author(ada.id(), "Ada"));
        assertThat(found.version()).isEqualTo(1);
        assertThat(found.createdAt()).isEqualTo(found.editedAt());
        assertThat(node.findings.find(found.uuid())).contains(found);
    }

    @Test
    void everyVersionStays() {
        Finding first = node.findings.add(ada, Node.content("one", "L0H0"));
        assertThat(node.findings.edit(ada, first.id(), 1, Node.content("two", "L0H1")))
                .isInstanceOf(Edit.Saved.class);
        node.findings.edit(root, first.id(), 2, Node.content("three", "L0H1"));
        assertThat(node.findings.versions(first.id()))
                .extracting(version -> version.number() + " of " + version.basedOn() + " "
                        + version.content().title() + " by " + version.editor().name())
                .containsExactly("3 of 2 three by Root", "2 of 1 two by Ada", "1 of 0 one by Ada");
        Finding now = node.findings.find(first.id()).orElseThrow();
        assertThat(now.content()).isEqualTo(Node.content("three", "L0H1"));
        assertThat(now.author().name()).isEqualTo("Ada");
        assertThat(now.createdAt()).isEqualTo(first.createdAt());
    }

    @Test
    void theSecondOfTwoEditsIsToldOfTheFirstAndNothingIsLost() {
        Finding first = node.findings.add(ada, Node.content("one", "L0H0"));
        node.findings.edit(ada, first.id(), 1, Node.content("theirs", "L0H0"));
        Edit edit = node.findings.edit(root, first.id(), 1, Node.content("mine", "L0H0"));
        assertThat(edit).isInstanceOfSatisfying(Edit.Conflict.class, conflict -> {
            assertThat(conflict.theirs().content().title()).isEqualTo("theirs");
            assertThat(conflict.theirs().number()).isEqualTo(2);
            assertThat(conflict.yours().title()).isEqualTo("mine");
            Edit again = node.findings.edit(root, first.id(), conflict.theirs().number(), conflict.yours());
            assertThat(again).isInstanceOf(Edit.Saved.class);
        });
        assertThat(node.findings.versions(first.id()))
                .extracting(version -> version.content().title())
                .containsExactly("mine", "theirs", "one");
        assertThatThrownBy(() -> node.findings.edit(ada, first.id(), 4, Node.content("x", "L0H0")))
                .hasMessageContaining("3 so far");
    }

    @Test
    void ofManyEditsAtOnceOneIsSaved() throws Exception {
        Finding first = node.findings.add(ada, Node.content("start", "L0H0"));
        int many = 8;
        CountDownLatch all = new CountDownLatch(many);
        try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
            List<Callable<Edit>> edits = IntStream.range(0, many)
                    .<Callable<Edit>>mapToObj(i -> () -> {
                        all.countDown();
                        all.await();
                        return node.findings.edit(ada, first.id(), 1, Node.content("edit " + i, "L0H0"));
                    })
                    .toList();
            int saved = 0;
            for (Future<Edit> edit : threads.invokeAll(edits)) {
                saved += edit.get() instanceof Edit.Saved ? 1 : 0;
            }
            assertThat(saved).isEqualTo(1);
        }
        assertThat(node.findings.versions(first.id())).hasSize(2);
    }

    @Test
    void anotherMembersFindingCannotBeChanged() {
        Finding hers = node.findings.add(ada, Node.content("hers", "L0H0"));
        assertThatThrownBy(() -> node.findings.edit(ben, hers.id(), 1, Node.content("his", "L0H0")))
                .isInstanceOf(NotAllowedException.class)
                .hasMessageContaining("by Ada");
        assertThatThrownBy(() -> node.findings.delete(ben, hers.id())).isInstanceOf(NotAllowedException.class);
        Comment comment = node.discussion.comment(ada, hers.id(), "mine");
        assertThatThrownBy(() -> node.discussion.deleteComment(ben, hers.id(), comment.id()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> node.discussion.vote(ada, hers.id(), true, ""))
                .isInstanceOf(NotAllowedException.class);
        assertThat(node.findings.find(hers.id()).orElseThrow().content().title())
                .isEqualTo("hers");
        assertThat(node.findings.versions(hers.id())).hasSize(1);
        assertThat(node.discussion.comments(hers.id())).hasSize(1);
    }

    @Test
    void aDeletedFindingIsNowhere() {
        Finding finding = node.findings.add(ada, Node.content("gone", "L0H0"));
        node.discussion.comment(ben, finding.id(), "why");
        node.discussion.vote(ben, finding.id(), true, "");
        node.findings.delete(ada, finding.id());
        assertThat(node.findings.find(finding.id())).isEmpty();
        assertThat(node.search.page(FindingQuery.all(10)).findings()).isEmpty();
        assertThat(node.search.badges("toy")).isEmpty();
        assertThat(node.discussion.comments(finding.id())).isEmpty();
        assertThat(node.discussion.votes(finding.id())).isEmpty();
        for (Runnable late : List.<Runnable>of(
                () -> node.findings.versions(finding.id()),
                () -> node.findings.delete(ada, finding.id()),
                () -> node.findings.edit(ada, finding.id(), 1, Node.content("x", "L0H0")),
                () -> node.discussion.comment(ben, finding.id(), "x"),
                () -> node.discussion.vote(ben, finding.id(), true, ""))) {
            assertThatThrownBy(late::run).isInstanceOf(NotFoundException.class).hasMessageContaining("no finding");
        }
    }

    @Test
    void oneVoteAnAccountWhichMayChange() {
        Finding finding = node.findings.add(ada, Node.content("induction", "L1H3"));
        assertThat(node.discussion.vote(ben, finding.id(), true, "saw it").confirmations())
                .isEqualTo(1);
        node.discussion.vote(root, finding.id(), true, "");
        assertThatThrownBy(() -> node.discussion.vote(ben, finding.id(), false, "  "))
                .hasMessageContaining("why");
        Finding disputed = node.discussion.vote(ben, finding.id(), false, "only on repeats");
        assertThat(disputed.confirmations()).isEqualTo(1);
        assertThat(disputed.disputes()).isEqualTo(1);
        assertThat(node.discussion.vote(finding.id(), ben.id()).orElseThrow())
                .satisfies(vote -> assertThat(vote.reason()).isEqualTo("only on repeats"))
                .satisfies(vote -> assertThat(vote.confirms()).isFalse());
        assertThat(node.discussion.votes(finding.id())).hasSize(2);
        assertThat(node.discussion.withdrawVote(ben, finding.id()).disputes()).isZero();
    }

    @Test
    void commentsAreCountedAndInOrder() {
        Finding finding = node.findings.add(ada, Node.content("x", "L1H3"));
        Comment first = node.discussion.comment(ben, finding.id(), " first ");
        node.discussion.comment(ada, finding.id(), "second");
        assertThat(node.discussion.comments(finding.id()))
                .extracting(Comment::text)
                .containsExactly("first", "second");
        assertThat(node.findings.find(finding.id()).orElseThrow().comments()).isEqualTo(2);
        assertThatThrownBy(() -> node.discussion.deleteComment(root, finding.id() + 1, first.id()))
                .isInstanceOf(NotFoundException.class);
        node.discussion.deleteComment(root, finding.id(), first.id());
        assertThat(node.findings.find(finding.id()).orElseThrow().comments()).isEqualTo(1);
        assertThatThrownBy(() -> node.discussion.comment(ben, finding.id(), " "))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> node.discussion.comment(ben, finding.id(), "x".repeat(10_001)))
                .hasMessageContaining("10001 characters");
    }

    @Test
    void whatIsTooLongOrOfNoFormIsRefusedInWords() {
        Content good = Node.content("x", "L0H0");
        refused("200", () -> with(good, "x".repeat(201), "", List.of(), ""));
        refused("title is empty", () -> with(good, "  ", "", List.of(), ""));
        refused("50000", () -> with(good, "x", "é".repeat(25_001), List.of(), ""));
        refused(
                "at most 20",
                () -> with(
                        good,
                        "x",
                        "",
                        IntStream.range(0, 21).mapToObj(i -> "t" + i).toList(),
                        ""));
        refused("40", () -> with(good, "x", "", List.of("x".repeat(41)), ""));
        refused("60", () -> with(good, "x", "", List.of(), "x".repeat(61)));
        refused("U+202E", () -> with(good, "a\u202eb", "", List.of(), ""));
        refused("U+000A", () -> with(good, "x", "", List.of("a\nb"), ""));
        refused("U+0000", () -> with(good, "x", "a\0b", List.of(), ""));
        refused("surrogate", () -> with(good, "x", "a\ud800b", List.of(), ""));
        refused("101", () -> new Content(good.subject(), "x", "", List.of(), "", 101, "explore"));
        refused("L1H2", () -> new Subject("toy", Subject.Sort.HEAD, "L1"));
        refused("pair", () -> new Subject("toy", Subject.Sort.PAIR, "L1H2"));
        refused("token", () -> new Subject("toy", Subject.Sort.TOKEN, "-1"));
        refused("whole model", () -> new Subject("toy", Subject.Sort.MODEL, "L1H2"));
        assertThat(new Subject("toy", Subject.Sort.PAIR, "L1H2-L0H1").which()).isEqualTo("L0H1-L1H2");
        Finding longest = node.findings.add(
                ada,
                with(
                        good,
                        "é".repeat(200),
                        "é".repeat(25_000),
                        IntStream.range(0, 20).mapToObj(i -> "é".repeat(38) + i).toList(),
                        "é".repeat(60)));
        assertThat(node.findings.find(longest.id())).contains(longest);
        assertThat(node.search.page(FindingQuery.all(1).withWords("éééé")).total())
                .isEqualTo(1);
    }

    @Test
    void scriptsInAnyFieldAreKeptAsTheTextThatTheyAre() {
        for (String payload : XssPayloads.all()) {
            String line = payload.replaceAll("[\\p{Cntrl}\u2028\u202e]", " ").strip();
            String tag = line.substring(0, Math.min(40, line.length())).strip();
            Content content = new Content(
                    Subject.ofModel(line.substring(0, Math.min(100, line.length()))),
                    line.substring(0, Math.min(200, line.length())),
                    payload.replace("\0", ""),
                    List.of(tag),
                    tag,
                    1,
                    "explore");
            Finding finding = node.findings.add(ada, content);
            assertThat(finding.content()).isEqualTo(content);
            assertThat(node.search.page(FindingQuery.all(200).withTag(tag)).findings())
                    .contains(finding);
        }
    }

    private static Content with(Content good, String title, String markdown, List<String> tags, String kind) {
        return new Content(good.subject(), title, markdown, tags, kind, 50, good.view());
    }

    private static void refused(String words, Runnable made) {
        assertThatThrownBy(made::run).isInstanceOf(Refusal.class).hasMessageContaining(words);
    }
}
