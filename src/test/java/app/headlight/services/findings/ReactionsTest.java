package app.headlight.services.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.findings.Reaction.Sort;
import org.junit.jupiter.api.Test;

/** Authors, first and named, hear of what others say. */
class ReactionsTest extends OnBothDatabases {

    @Test
    void anAuthorHearsOfWhatOthersSayUntilTheyHaveSeenIt() {
        Finding finding = node.findings.add(ada, Node.content("one", "L0H0"));
        node.discussion.comment(ada, finding.id(), "my own");
        assertThat(node.reactions.unseen(ada.id())).isZero();
        node.discussion.comment(ben, finding.id(), "is it?");
        node.discussion.vote(root, finding.id(), false, "not with me");
        assertThat(node.reactions.unseen(ada.id())).isEqualTo(2);
        assertThat(node.reactions.latest(ada.id(), 9))
                .extracting(each -> each.by().name() + " " + each.sort() + " " + each.title() + " " + each.seen())
                .containsExactly("Root " + Sort.DISPUTE + " one false", "Ben " + Sort.COMMENT + " one false");
        assertThat(node.reactions.unseen(ben.id())).isZero();

        node.reactions.see(ada.id(), finding.id());
        node.reactions.see(ada.id(), finding.id());
        assertThat(node.reactions.unseen(ada.id())).isZero();
        assertThat(node.reactions.latest(ada.id(), 1))
                .singleElement()
                .satisfies(each -> assertThat(each.seen()).isTrue());
        node.discussion.vote(root, finding.id(), true, "now I see it");
        assertThat(node.reactions.unseen(ada.id())).isEqualTo(1);
        node.findings.delete(ada, finding.id());
        assertThat(node.reactions.unseen(ada.id())).isZero();
    }

    @Test
    void aNamedAuthorEditsHearsAndDoesNotVote() {
        Finding finding = node.findings.add(ada, Node.content("one", "L0H0"));
        assertThatThrownBy(() -> node.findings.edit(ben, finding.id(), 1, Node.content("two", "L0H0")))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> node.findings.setCoauthor(ben, finding.id(), ben.id(), true))
                .isInstanceOf(NotAllowedException.class);
        Finding named = node.findings.setCoauthor(ada, finding.id(), ben.id(), true);
        assertThat(named.by()).isEqualTo("Ada with Ben");
        assertThat(node.findings.setCoauthor(ada, finding.id(), root.id(), true).by())
                .isEqualTo("Ada with Ben and Root");
        node.findings.edit(ben, finding.id(), 1, Node.content("two", "L0H0"));
        assertThatThrownBy(() -> node.discussion.vote(ben, finding.id(), true, ""))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> node.findings.delete(ben, finding.id())).isInstanceOf(NotAllowedException.class);
        node.discussion.comment(ada, finding.id(), "well done");
        assertThat(node.reactions.unseen(ben.id())).isEqualTo(1);
        assertThat(node.search.page(FindingQuery.all(9).withAuthor(ben.id())).findings())
                .containsExactly(node.findings.find(finding.id()).orElseThrow());

        assertThat(node.findings.setCoauthor(ben, finding.id(), ben.id(), false).by())
                .isEqualTo("Ada with Root");
        assertThatThrownBy(() -> node.findings.setCoauthor(ada, finding.id(), ada.id(), true))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> node.findings.setCoauthor(ada, finding.id(), 999_999, true))
                .hasMessageContaining("Only members");
    }

    @Test
    void aVoteIsAboutTheVersionThatWasRead() {
        Finding finding = node.findings.add(ada, Node.content("one", "L0H0"));
        node.findings.edit(ada, finding.id(), 1, Node.content("two", "L0H0"));
        node.discussion.vote(ben, finding.id(), 1, false, "the first was wrong");
        node.discussion.vote(root, finding.id(), true, "");
        assertThat(node.discussion.votes(finding.id()))
                .extracting(vote -> vote.voter().name() + " " + vote.version())
                .containsExactlyInAnyOrder("Ben 1", "Root 2");
        assertThatThrownBy(() -> node.discussion.vote(ben, finding.id(), 3, true, ""))
                .hasMessageContaining("no version 3");
    }
}
