package app.headlight.ground.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;

class FirstAdminTest {

    private final People people = new People();
    private final Logger log = Logger.getLogger(FirstAdmin.class.getName());
    private final List<String> logged = new ArrayList<>();
    private final Handler listening = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.setLevel(Level.INFO); // a test before this one may have started the whole program, which quietens it
        log.addHandler(listening);
    }

    @AfterEach
    void close() {
        log.removeHandler(listening);
        people.close();
    }

    @Test
    void aMadeUpPasswordIsToldOnce() {
        start("");
        String told = logged.getFirst().replaceAll(".*with the password (\\S+) .*", "$1");
        assertThat(people.accounts().withPassword("admin", told).orElseThrow().role())
                .isEqualTo(Role.ADMIN);
        start("");
        assertThat(logged).hasSize(1);
        assertThat(people.accounts().all()).hasSize(1);
    }

    @Test
    void aGivenPasswordIsTakenAndNotLogged() {
        start("from the environment");
        assertThat(people.accounts().withPassword("admin", "from the environment"))
                .isPresent();
        assertThat(logged).isEmpty();
        start("another from the environment");
        assertThat(people.accounts().withPassword("admin", "from the environment"))
                .as("once there are people, it changes nothing")
                .isPresent();
    }

    @Test
    void aPasswordThatIsTooShortIsNamedByItsSetting() {
        assertThatThrownBy(() -> start("short")).hasMessageContainingAll("HEADLIGHT_ADMIN_PASSWORD", "10 characters");
        assertThat(people.accounts().all()).isEmpty();
    }

    private void start(String given) {
        new FirstAdmin(people.accounts(), given).run(new DefaultApplicationArguments());
    }
}
