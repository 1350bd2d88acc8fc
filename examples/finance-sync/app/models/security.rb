class Security < ApplicationRecord
  has_many :prices
end
