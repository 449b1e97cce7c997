package app.headlight.services.findings;

/**
 * The person who asks for a change.
 *
 * @param account its id
 * @param name at most 60 characters
 * @param admin whether they may also change what others wrote
 */
public record Member(long account, String name, boolean admin) {

    /** Whether they may edit a finding. */
    public boolean mayEdit(Finding finding) {
        return admin || finding.isBy(account);
    }

    /** Whether they may change what an author wrote. */
    public boolean mayChange(Author author) {
        return admin || (author.account() != null && author.account() == account);
    }
}
