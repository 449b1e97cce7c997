package app.headlight.services.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.search.SavedTasks.Saved;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

class SavedTasksTest extends SharedServer {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    private SavedTasks tasks;

    @Autowired
    private Accounts accounts;

    private record Named(Account account) implements SignedIn.Principal {
        @Override
        public String getName() {
            return account.name();
        }
    }

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aTaskIsSavedForAllAndChangedByWhoMadeIt() {
        as("Ada of tasks");
        tasks.save(" induction ", "search?seed=3");
        tasks.save("induction", "search?seed=4");
        Saved saved = find();
        assertThat(saved.address()).isEqualTo("search?seed=4");
        assertThat(tasks.mayDelete(saved)).isTrue();

        as("Bob of tasks");
        assertThat(find()).isEqualTo(saved);
        assertThat(tasks.mayDelete(saved)).isFalse();
        assertThatThrownBy(() -> tasks.save("induction", "search?seed=5"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("somebody else has saved a task as “induction”");
        assertThatThrownBy(() -> tasks.delete(saved)).isInstanceOf(NotAllowedException.class);
        assertThat(find()).isEqualTo(saved);

        as("Ada of tasks");
        tasks.delete(saved);
        assertThat(tasks.all()).extracting(Saved::name).doesNotContain("induction");
    }

    @Test
    void strangersAndNamesThatAreNoneAreRefused() {
        assertThat(tasks.mayWrite()).isFalse();
        assertThatThrownBy(() -> tasks.save("a", "search")).isInstanceOf(NotAllowedException.class);
        as("Ada of tasks");
        for (String wrong : new String[] {"", "  ", "a".repeat(61)}) {
            assertThatThrownBy(() -> tasks.save(wrong, "search"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("the task's name");
        }
        assertThat(tasks.all()).extracting(Saved::name).doesNotContain("a", "");
    }

    private Saved find() {
        return tasks.all().stream()
                .filter(task -> task.name().equals("induction"))
                .findFirst()
                .orElseThrow();
    }

    private void as(String name) {
        Account account =
                accounts.withPassword(name, PASSWORD).orElseGet(() -> accounts.add(name, Role.MEMBER, PASSWORD));
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(
                        new Named(account), "", AuthorityUtils.createAuthorityList("ROLE_MEMBER")));
    }
}
