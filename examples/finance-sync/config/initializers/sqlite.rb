# Lets a thread that waits for SQLite's write lock sleep in Ruby. Rails 7.2 waits inside SQLite, holding the
# interpreter's lock, so that the thread with the write lock could not go on to give it back.
module SQLiteBusyHandler
  WAIT_MS = 30_000

  private

  def configure_connection
    super
    @raw_connection.busy_handler_timeout = WAIT_MS
  end
end

ActiveSupport.on_load(:active_record_sqlite3adapter) { prepend SQLiteBusyHandler }
