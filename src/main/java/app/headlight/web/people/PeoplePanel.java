package app.headlight.web.people;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Accounts.Joined;
import app.headlight.ground.people.Departures;
import app.headlight.ground.people.Role;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.select.SelectVariant;

/** Everybody who has an account: their role, and their end. */
class PeoplePanel extends Div {

    private final Accounts accounts;
    private final Departures departures;
    private final Account admin;
    private final Runnable changed;
    private final Trouble trouble = new Trouble();
    private final Div list = new Div();

    /** @param changed called when someone was signed out by a change */
    PeoplePanel(Accounts accounts, Departures departures, Account admin, Runnable changed) {
        this.accounts = accounts;
        this.departures = departures;
        this.admin = admin;
        this.changed = changed;
        addClassName("hl-panel");
        setId("people");
        list.addClassName("hl-list");
        add(new H2("People"), list, trouble);
        show();
    }

    private void show() {
        list.removeAll();
        accounts.all().forEach(joined -> list.add(row(joined)));
    }

    private Div row(Joined joined) {
        Account account = joined.account();
        String since = "since " + Rows.time(joined.at());
        if (account.id() == admin.id()) {
            return Rows.row(account.name(), account.role().inWords() + ", " + since + " · you");
        }
        Select<Role> role = new Select<>();
        role.setAriaLabel("Role of " + account.name());
        role.addThemeVariants(SelectVariant.LUMO_SMALL);
        role.setItems(Role.values());
        role.setItemLabelGenerator(Role::inWords);
        role.setValue(account.role());
        role.addValueChangeListener(event -> change(() -> accounts.setRole(account, event.getValue())));
        return Rows.row(account.name(), since, role, Rows.button("Delete", () -> confirm(account)));
    }

    private void confirm(Account account) {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Delete the account of " + account.name() + "?");
        dialog.setText("It cannot be brought back. Models that were trained stay.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Delete account");
        dialog.addConfirmListener(event -> change(() -> departures.delete(account)));
        dialog.open();
    }

    private void change(Runnable change) {
        trouble.tried(() -> {
            change.run();
            changed.run();
        });
        show();
    }
}
