package app.headlight.web.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Author;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Findings;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** The authors of a finding; its first author can name others as coauthors. */
class AuthorsPanel extends Div {

    private final transient Findings findings;
    private final transient Accounts accounts;
    private final transient SignedIn signedIn;
    private final transient Runnable changed;
    private final Div list = new Div();
    private final ComboBox<Account> others = new ComboBox<>();
    private final Trouble trouble = new Trouble();
    private long id;

    /** @param changed called when someone was named, or is no longer */
    AuthorsPanel(Findings findings, Accounts accounts, SignedIn signedIn, Runnable changed) {
        this.findings = findings;
        this.accounts = accounts;
        this.signedIn = signedIn;
        this.changed = changed;
        addClassNames("hl-panel", "hl-recipe");
        setId("authors");
        list.addClassName("hl-list");
        others.setId("name-coauthor");
        others.setAriaLabel("Name a co-author");
        others.setPlaceholder("Name a member as co-author");
        others.setItemLabelGenerator(Account::name);
        others.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                set(event.getValue().id(), true);
            }
        });
        add(new H2("Authors"), list, others, trouble);
    }

    void show(Finding finding) {
        id = finding.id();
        boolean mine = signedIn.member()
                .filter(member -> member.mayChange(finding.author().account()))
                .isPresent();
        list.removeAll();
        list.add(row(finding.author(), false));
        finding.coauthors().forEach(each -> list.add(row(each, mine || isMe(each))));
        others.setVisible(mine);
        if (mine) {
            List<Account> free = accounts.all().stream()
                    .map(Accounts.Joined::account)
                    .filter(account -> account.role().includes(Role.MEMBER) && !finding.isBy(account.id()))
                    .toList();
            others.setItems(free);
            others.clear();
        }
    }

    private boolean isMe(Author author) {
        return signedIn.member()
                .map(Account::id)
                .filter(account -> account.equals(author.account()))
                .isPresent();
    }

    private Div row(Author author, boolean removable) {
        Div row = new Div(new Span(author.name()));
        row.addClassName("hl-finding-line");
        Long account = author.account();
        if (removable && account != null) {
            Button remove = new Button("Remove", event -> set(account, false));
            remove.setAriaLabel("Remove " + author.name() + " from the authors");
            remove.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY_INLINE);
            row.add(remove);
        }
        return row;
    }

    private void set(long account, boolean named) {
        if (trouble.tried(() -> findings.setCoauthor(signedIn.requireMember(), id, account, named))) {
            changed.run();
        }
    }
}
