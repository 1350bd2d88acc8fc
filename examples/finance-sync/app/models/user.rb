class User < ApplicationRecord
  has_many :accounts
end
